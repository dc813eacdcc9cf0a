import { mountPage } from '../../lib/view/mount.tsx';
import { OptionsPage } from '../../components/settings/options-page.tsx';
import { readHeadMirror } from '../../lib/background/head-mirror.ts';
import '../../assets/panel.css';

await mountPage(<OptionsPage />, readHeadMirror);
