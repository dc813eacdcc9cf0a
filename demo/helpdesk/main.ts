import { startAssistant } from './client/assistant.ts';
import { startComposer } from './client/composer.ts';

const form = document.querySelector<HTMLFormElement>('form[data-ticket]');
if (form !== null) startComposer(form);
const ask = document.querySelector<HTMLFormElement>('form[data-ask]');
if (ask !== null) startAssistant(ask);
