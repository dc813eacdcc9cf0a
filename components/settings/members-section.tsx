import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { role as roleSchema, type Member, type Role } from '../../lib/protocol/team.ts';
import { useMembers } from '../../lib/view/use-members.ts';
import { useTeamWords } from '../../lib/view/use-team-words.ts';
import { Button } from '../ui/button.tsx';
import { Choice, TextField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { MemberTokens } from './member-tokens.tsx';

/** The people of the team, for administrators: who is there, with which role and which tokens. */
export function MembersSection({ self }: { self: string }) {
  const { t } = useTranslation('options');
  const { members, why, add, change } = useMembers();
  const words = useTeamWords();
  return (
    <div className="space-y-3">
      <h3 className="font-semibold">{t('members.title')}</h3>
      <p className="max-w-prose text-xs text-muted">{t('members.intro')}</p>
      {why !== '' && (
        <Notice look="warn" role="alert">
          {words(why)}
        </Notice>
      )}
      {members !== null && (
        <ul
          aria-label={t('members.title')}
          className="divide-y divide-line rounded-lg border border-line"
        >
          {members.map((member) => (
            <MemberRow
              key={member.id}
              member={member}
              isSelf={member.id === self}
              onChange={(changed) => void change({ id: member.id, change: changed })}
            />
          ))}
        </ul>
      )}
      <AddMember onAdd={add} />
    </div>
  );
}

interface RowProps {
  member: Member;
  isSelf: boolean;
  onChange: (change: { role?: Role; active?: boolean }) => void;
}

function MemberRow({ member, isSelf, onChange }: RowProps) {
  const { t } = useTranslation('options');
  const [open, setOpen] = useState(false);
  const { name, email, role, active } = member;
  return (
    <li className="space-y-2 p-3">
      <div className="flex flex-wrap items-center gap-2">
        <div className="min-w-0 flex-[1_1_12rem] wrap-anywhere">
          <p className="font-medium">{isSelf ? t('members.self', { name }) : name}</p>
          <p className="text-xs text-muted">
            {[email === '' ? t('members.noEmail') : email, active ? '' : t('members.inactive')]
              .filter((part) => part !== '')
              .join(' · ')}
          </p>
        </div>
        <RoleChoice
          label={t('members.roleOf', { name })}
          quiet
          value={role}
          onChange={(next) => onChange({ role: next })}
        />
        <Button
          aria-expanded={open}
          aria-label={t('members.tokensOf', { name })}
          onClick={() => setOpen(!open)}
        >
          {t('members.tokens')}
        </Button>
        <Button
          look={active ? 'danger' : 'normal'}
          aria-label={t(active ? 'members.deactivateName' : 'members.activateName', { name })}
          onClick={() => onChange({ active: !active })}
        >
          {t(active ? 'members.deactivate' : 'members.activate')}
        </Button>
      </div>
      {open && <MemberTokens member={member.id} name={name} />}
    </li>
  );
}

interface RoleProps {
  label: string;
  quiet?: boolean;
  value: Role;
  onChange: (role: Role) => void;
}

function RoleChoice({ label, quiet = false, value, onChange }: RoleProps) {
  const { t } = useTranslation('options');
  return (
    <Choice
      label={label}
      quiet={quiet}
      className="w-28"
      value={value}
      onChange={(event) => {
        const next = roleSchema.safeParse(event.target.value);
        if (next.success) onChange(next.data);
      }}
    >
      {roleSchema.options.map((each) => (
        <option key={each} value={each}>
          {t(`people.roles.${each}`)}
        </option>
      ))}
    </Choice>
  );
}

function AddMember({
  onAdd,
}: {
  onAdd: (person: { name: string; email: string; role: Role }) => Promise<boolean>;
}) {
  const { t } = useTranslation('options');
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('reviewer');
  const [problem, setProblem] = useState({ name: '', email: '' });
  const submit = async () => {
    const person = { name: name.trim(), email: email.trim(), role };
    const found = {
      name: person.name === '' ? t('members.nameMissing') : '',
      email: /^$|^[^\s@]+@[^\s@]+$/.test(person.email) ? '' : t('members.emailBad'),
    };
    setProblem(found);
    if (found.name !== '' || found.email !== '' || !(await onAdd(person))) return;
    setName('');
    setEmail('');
    setRole('reviewer');
  };
  return (
    <form
      aria-label={t('members.add')}
      className="flex flex-wrap items-start gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <TextField
        className="min-w-0 flex-[1_1_10rem]"
        label={t('members.name')}
        maxLength={80}
        problem={problem.name}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <TextField
        className="min-w-0 flex-[1_1_12rem]"
        label={t('members.email')}
        hint={t('members.emailHint')}
        inputMode="email"
        maxLength={254}
        problem={problem.email}
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <RoleChoice label={t('members.role')} value={role} onChange={setRole} />
      <Button type="submit" className="mt-6">
        {t('members.add')}
      </Button>
    </form>
  );
}
