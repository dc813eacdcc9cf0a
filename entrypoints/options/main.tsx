import { mountPage } from '../../lib/view/mount.tsx';
import { OptionsPage } from '../../components/settings/options-page.tsx';
import { readHeadMirror } from '../../lib/background/head-mirror.ts';
import options from '../../locales/en/options.json' with { type: 'json' };
import panel from '../../locales/en/panel.json' with { type: 'json' };
import '../../assets/panel.css';

await mountPage(<OptionsPage />, readHeadMirror, { panel, options });
