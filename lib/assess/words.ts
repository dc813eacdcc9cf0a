const STOP = new Set(
  (
    'a about above after again all also am an and any are as at back be because been before being below between both but by can cannot could did do does doing done down during each either else even every few for from further get gets getting got had has have having he her here hers him his how however i if in into is it its itself just let like ll made make many may me might more most much must my need no nor not now of off on once only onto or other our ours out over own per please re same shall she should so some soon still such than that the their them then there these they this those through thus to too under until up upon us use very via was we were what when where whether which while who whom why will with within without would yes yet you your yours ve don doesn didn isn aren wasn weren won hasn haven couldn shouldn wouldn today already always ' +
    'der die das den dem des ein eine einen einem einer und oder ist sind war wird werden wir sie ihr ihre ihren es im in am an auf zu zum zur mit von vom bei für nicht auch als wie dass haben hat ' +
    'le la les un une des du de et ou est sont nous vous votre vos notre ce cette dans pour par sur avec pas ne que qui ' +
    'el los las una unos y o es son su sus nuestro con por para en no que se lo'
  ).split(' '),
);

/** Words for one thing in support texts fold into one, so that "reimburse" meets "refund". */
const SYNONYMS = new Map(
  [
    'refund reimburse reimbursement repay repayment',
    'deliver delivery arrive arrival reach',
    'ship shipment dispatch despatch shipping posted',
    'parcel package',
    'price cost',
    'total sum',
    'charge bill billed',
    'purchase buy bought',
    'cancel cancellation cancelled canceled',
    'return returned',
    'replace replacement',
    'warranty guarantee',
    'subscription plan',
    'valid validity expire expiry expiration',
    'open opening',
    'close closing shut',
    'approve approval approved',
    'credit credited',
    'discount reduction rebate',
    'error mistake',
    'pay paid payment',
    'send sent',
    'limit maximum max cap',
    'minimum min least',
    'phone telephone',
  ].flatMap((row) => {
    const words = row.split(' ');
    const root = words[0] ?? row;
    return words.flatMap((word) => [[word, root] as const, [suffixless(word), root] as const]);
  }),
);

/** True for words that carry no content of their own. */
export function isStopWord(word: string): boolean {
  return STOP.has(word.toLowerCase());
}

/** A light stem with synonyms folded; '' for stop words. */
export function stemOf(word: string): string {
  const lower = word.toLowerCase().replace(/['’](?:s|re|ve|ll|d|m|t)$/, '');
  if (lower.length < 2 || STOP.has(lower)) return '';
  const stem = suffixless(lower);
  return SYNONYMS.get(lower) ?? SYNONYMS.get(stem) ?? stem;
}

/** Cuts common English endings; words of four letters and less stay whole. */
function suffixless(word: string): string {
  if (word.length < 5) return word.length === 4 ? word.replace(/(?<!s)s$/, '') : word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  const cut = word
    .replace(/(?:sses)$/, 'ss')
    .replace(/(?<![su])s$/, '')
    .replace(/(?:ing|ed)$/, '');
  const base = cut.length < 3 ? word : cut;
  return base.replace(/([bdgklmnprt])\1$/, '$1').replace(/e$/, '');
}
