import { defineBackground } from 'wxt/utils/define-background';
import { startWorker } from '../../lib/background/startup.ts';

export default defineBackground(startWorker);
