import type { Policy, PolicyRule } from './policy.ts';

type RuleInput = Pick<PolicyRule, 'id' | 'when' | 'tier' | 'says'> &
  Partial<Pick<PolicyRule, 'value' | 'words'>>;

const rule = ({ value = null, words = [], ...rest }: RuleInput): PolicyRule => ({
  ...rest,
  value,
  words,
});

/** Phrases, not single words: a chance mention of "data" or "court" must not lock an item. */
const LOCKED_WORDS = [
  'delete your data',
  'deleted your data',
  'delete all your data',
  'deleted all your data',
  'delete your personal data',
  'deleted your personal data',
  'data deletion',
  'erasure request',
  'right to erasure',
  'right to be forgotten',
  'data breach',
  'legal action',
  'lawsuit',
  'court order',
  'admit liability',
  'accept liability',
];

const LEGAL_WORDS = [
  'gdpr',
  'ccpa',
  'lawyer',
  'lawyers',
  'attorney',
  'solicitor',
  'sue',
  'liable',
  'liability',
  'negligence',
  'data protection authority',
  'regulator',
  'compensation',
];

const PROMISE_WORDS = [
  'guarantee',
  'guaranteed',
  'guarantees',
  'we promise',
  'i promise',
  'full refund',
  'free of charge',
  'at no cost',
  'chargeback',
  'chargebacks',
];

/**
 * The policy in force until a team sets its own. Rule ids are stable: gate lines stored with
 * decisions name them. Why each rule has its tier: docs/confidence.md, "The default rules".
 */
export const DEFAULT_POLICY: Policy = {
  version: 2,
  owner: 'Countersign defaults',
  rules: [
    rule({
      id: 'words-locked',
      when: 'words-listed',
      words: LOCKED_WORDS,
      tier: 'locked',
      says: 'The draft speaks of deleting data, a breach or a legal claim.',
    }),
    rule({
      id: 'fact-contradicted',
      when: 'fact-contradicted',
      tier: 'high',
      says: 'A fact in the draft differs from the sources.',
    }),
    rule({
      id: 'amount-unsupported',
      when: 'amount-unsupported',
      tier: 'high',
      says: 'An amount in the draft is in no source.',
    }),
    rule({
      id: 'link-unsupported',
      when: 'link-unsupported',
      tier: 'high',
      says: 'A link in the draft is in no source.',
    }),
    rule({
      id: 'internal-quoted',
      when: 'internal-quoted',
      tier: 'high',
      says: 'The draft repeats what stands only in an internal source.',
    }),
    rule({
      id: 'incomplete-output',
      when: 'incomplete-output',
      tier: 'high',
      says: 'The AI text did not end as a complete answer.',
    }),
    rule({
      id: 'hidden-characters',
      when: 'hidden-characters',
      tier: 'high',
      says: 'The draft holds hidden or look-alike characters.',
    }),
    rule({
      id: 'partly-checked',
      when: 'partly-checked',
      tier: 'high',
      says: 'The draft or its sources are too long to be checked whole.',
    }),
    rule({
      id: 'words-legal',
      when: 'words-listed',
      words: LEGAL_WORDS,
      tier: 'high',
      says: 'The draft uses legal or data protection words.',
    }),
    rule({
      id: 'fact-unsupported',
      when: 'fact-unsupported',
      tier: 'medium',
      says: 'A fact in the draft is in no source.',
    }),
    rule({
      id: 'words-promise',
      when: 'words-listed',
      words: PROMISE_WORDS,
      tier: 'medium',
      says: 'The draft makes a promise or speaks of a payment dispute.',
    }),
    rule({
      id: 'no-sources',
      when: 'no-sources',
      tier: 'medium',
      says: 'There is no source to check the draft against.',
    }),
    rule({
      id: 'token-probability',
      when: 'mean-token-probability-below',
      value: 0.7,
      tier: 'medium',
      says: 'The model was unsure of its words: the mean token probability is below 0.7.',
    }),
    rule({
      id: 'declared-confidence',
      when: 'declared-confidence-below',
      value: 0.5,
      tier: 'medium',
      says: 'The app itself declares a confidence below 0.5.',
    }),
  ],
  demands: {
    low: { seenToEnd: false, settleFlagged: false, reasonRequired: false },
    medium: { seenToEnd: true, settleFlagged: false, reasonRequired: false },
    high: { seenToEnd: true, settleFlagged: true, reasonRequired: true },
  },
};
