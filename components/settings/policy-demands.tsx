import { useTranslation } from 'react-i18next';
import type { Policy } from '../../lib/domain/policy.ts';

const TIERS = ['low', 'medium', 'high'] as const;
const DEMANDS = ['seenToEnd', 'settleFlagged', 'reasonRequired'] as const;

/** What each tier asks of the reviewer before Approve. */
export function PolicyDemands({ demands }: { demands: Policy['demands'] }) {
  const { t } = useTranslation('options');
  const asked = (tier: (typeof TIERS)[number]) =>
    DEMANDS.filter((demand) => demands[tier][demand]).map((demand) =>
      t(`policies.demand.${demand}`),
    );
  return (
    <div>
      <h3 className="mb-1 font-semibold">{t('policies.demands')}</h3>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
        {TIERS.map((tier) => (
          <div key={tier} className="col-span-2 grid grid-cols-subgrid">
            <dt className="text-muted">{t(`policies.tiers.${tier}`)}</dt>
            <dd>{asked(tier).join(' ') || t('policies.nothingAsked')}</dd>
          </div>
        ))}
        <div className="col-span-2 grid grid-cols-subgrid">
          <dt className="text-muted">{t('policies.tiers.locked')}</dt>
          <dd>{t('policies.lockedAsks')}</dd>
        </div>
      </dl>
    </div>
  );
}
