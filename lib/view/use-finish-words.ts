import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output } from '../domain/output.ts';
import panel from '../../locales/en/panel.json' with { type: 'json' };

type Known = keyof typeof panel.output.finishDetail;

const isKnown = (code: string): code is Known => Object.hasOwn(panel.output.finishDetail, code);

/** How an output ended, and why: our own reason in words, the wire's as a quotation. */
export function useFinishWords(): (output: Pick<Output, 'finish' | 'finishDetail'>) => string {
  const { t } = useTranslation('panel');
  return useCallback(
    ({ finish, finishDetail }) => {
      const says = t(`output.finish.${finish}`);
      if (finishDetail === null || finishDetail === '') return says;
      const why = isKnown(finishDetail)
        ? t(`output.finishDetail.${finishDetail}`)
        : t('output.finishSays', { detail: finishDetail });
      return `${says}: ${why}`;
    },
    [t],
  );
}
