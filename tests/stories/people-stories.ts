import type { Bench } from './bench-worker.ts';
import type { Story } from './stories.ts';

const person = {
  id: '00000000-0000-7000-8000-000000000001',
  name: 'Ada Lind',
  email: 'ada@desk.example',
};

const story = (shown: Parameters<Bench['people']['show']>[0], start = ''): Story => ({
  page: 'options',
  async seed(bench) {
    bench.settings.set({ syncEndpoint: 'https://collector.desk.example/v1', consentAt: 1 });
    bench.people.answers.start = start;
    bench.people.show(shown);
  },
});

/** Signing in, and the people of the team. */
export const PEOPLE_STORIES: Readonly<Record<string, Story>> = {
  'people-offer': story({ status: 'none' }, 'not-a-member'),
  'people-again': story({ status: 'again', why: 'unauthenticated' }),
  'people-signed-in': story({ status: 'signed-in', person: { ...person, role: 'reviewer' } }),
  'people-admin': story({ status: 'signed-in', person: { ...person, role: 'admin' } }),
};
