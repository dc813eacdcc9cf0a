import { mountPage } from '../../lib/view/mount.tsx';
import { Panel } from '../../components/panel.tsx';
import { readHeadMirror } from '../../lib/background/head-mirror.ts';
import { followWantedItem } from './wanted-item.ts';
import panel from '../../locales/en/panel.json' with { type: 'json' };
import '../../assets/panel.css';

await mountPage(<Panel />, readHeadMirror, { panel });
await followWantedItem();
