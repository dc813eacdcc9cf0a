/** What differs from run to run. */
export interface SiteConfig {
  readonly port: number;
  /** The run's own folder, absolute. */
  readonly folder: string;
}

const perlString = (text: string) => `'${text.replaceAll(/['\\]/g, '\\$&')}'`;

/**
 * RT's site configuration (Perl) for one run. Read by RT through RT_SITE_CONFIG in place of
 * /etc/request-tracker5, so that an RT of the machine is neither read nor touched.
 * The default WebPath, /rt, redirects for ever without a web server in front.
 */
export const siteConfig = ({ port, folder }: SiteConfig): string => {
  const settings: readonly (readonly [string, string | number])[] = [
    ['rtname', 'helpdesk.test'],
    ['Organization', 'helpdesk.test'],
    ['CorrespondAddress', 'support@helpdesk.test'],
    ['CommentAddress', 'comment@helpdesk.test'],
    ['WebDomain', '127.0.0.1'],
    ['WebPort', port],
    ['WebPath', ''],
    ['DatabaseType', 'SQLite'],
    ['DatabaseName', `${folder}/rt.sqlite`],
    ['Timezone', 'UTC'],
    // Mail is written to files in TMPDIR, never sent.
    ['MailCommand', 'testfile'],
    ['LogToSyslog', ''],
    ['LogToSTDERR', 'error'],
  ];
  const lines = settings.map(
    ([name, value]) =>
      `Set($${name}, ${typeof value === 'number' ? String(value) : perlString(value)});`,
  );
  const folders = [
    `$RT::MasonDataDir = ${perlString(`${folder}/mason`)};`,
    `$RT::MasonSessionDir = ${perlString(`${folder}/session`)};`,
    `$RT::VarPath = ${perlString(folder)};`,
  ];
  return [...lines, ...folders, '1;', ''].join('\n');
};

/** RT initial data (Perl): anyone may open a ticket by mail and answer in it, as in a help desk. */
export const CUSTOMER_RIGHTS = `@ACL = map +{
  GroupDomain => 'SystemInternal', GroupType => 'Everyone', Right => $_
}, qw(CreateTicket ReplyToTicket);
1;
`;
