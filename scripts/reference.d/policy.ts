import { code, page, table } from './markdown.ts';

type Transitions = Readonly<Record<string, Readonly<Partial<Record<string, string>>>>>;

/** Everything the page is made from; handed in so that rendering stays pure. */
export interface PolicyFacts {
  readonly roles: readonly string[];
  /** Action → roles. */
  readonly policy: Readonly<Record<string, readonly string[]>>;
  readonly footage_actions: readonly string[];
  readonly request_transitions: Transitions;
  readonly request_final: readonly string[];
  readonly item_transitions: Transitions;
  readonly item_final: readonly string[];
  readonly purposes: Readonly<Record<string, { readonly vi: string; readonly en: string }>>;
  readonly legal_bases: readonly string[];
}

const ROLE_NAMES: Readonly<Record<string, string>> = {
  officer: 'cán bộ',
  approver: 'chỉ huy phê duyệt',
  technician: 'kỹ thuật viên',
  auditor: 'thanh tra',
  administrator: 'quản trị',
};

/** `docs/ref/policy.md`: who may do what, and how requests and items move. */
export function renderPolicy(facts: PolicyFacts): string {
  return page(
    'Policy and states',
    'packages/domain (POLICY_TABLE, REQUEST_TRANSITIONS, ITEM_TRANSITIONS, PURPOSES)',
    '## Role × action',
    `A role counts at the unit it is held at and at the units below. Decisions and looks at footage have rules of their
own on top (below). What the table does not allow is refused with \`FORBIDDEN\` or \`FORBIDDEN_UNIT\` and written to the
audit trail.`,
    roleTable(facts),
    `Actions that show footage: ${facts.footage_actions.map(code).join(', ')}. Technicians, auditors and administrators
see facts about footage, never footage (\`FOOTAGE_NOT_FOR_ROLE\`).`,
    '## Rules on top of the table',
    `- **Deciding.** Every unit asked decides once: the requesting unit, and the unit of each camera of another ward.
  Persons are compared, not accounts: nobody decides on a request of their own (\`SAME_PERSON\`). An item is approved
  when all its units approve, refused as soon as one refuses.
- **Seeing footage.** Officers of the requesting unit and approvers of the requesting unit or of the camera's, once
  every unit asked has approved. One exception: while an urgent request is unconfirmed, for 24 hours at most, its
  requester and those who have to confirm it may view, not download. A unit's refusal ends that at once.
- **Owners.** A household camera needs an agreement in force that covers purpose and hours. It is asked when the request
  is made, when it is approved, and again right before anything is fetched.`,
    '## Request: state × event → state',
    `Final states: ${facts.request_final.map(code).join(', ')}. What is not in the table is refused with \`STATE_CONFLICT\`.`,
    transitionTable(facts.request_transitions),
    '## Item (lượt trích xuất): state × event → state',
    `Final states: ${facts.item_final.map(code).join(', ')}. A claim of a running item is another worker taking over after
the lease was lost.`,
    transitionTable(facts.item_transitions),
    '## Purposes',
    table(
      ['code', 'tiếng Việt', 'English'],
      Object.entries(facts.purposes).map(([name, { vi, en }]) => [code(name), vi, en]),
    ),
    '## Legal bases',
    `${facts.legal_bases.map(code).join(', ')}. \`lawful_order\` demands a legal reference.`,
  );
}

function roleTable({ roles, policy }: PolicyFacts): string {
  const header = ['action', ...roles.map((role) => `${role} (${ROLE_NAMES[role] ?? '?'})`)];
  const rows = Object.entries(policy).map(([action, allowed]) => [
    code(action),
    ...roles.map((role) => (allowed.includes(role) ? 'yes' : '')),
  ]);
  return table(header, rows);
}

function transitionTable(transitions: Transitions): string {
  const rows = Object.entries(transitions).flatMap(([state, events]) =>
    Object.entries(events).map(([event, next]) => [code(state), code(event), code(next ?? '')]),
  );
  return table(['state', 'event', 'next state'], rows);
}
