import { html, type Markup } from './html.ts';

/** One field of a form: what was typed stays, what is wrong is said beside it. */
export interface Field {
  readonly name: string;
  /** Where a page has several of this name; default: the name. */
  readonly id?: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly value: string;
  /** What is wrong with it; undefined: nothing. */
  readonly wrong?: string | undefined;
  readonly is_required?: boolean;
}

/** Words for `autocomplete`, the kind of keyboard, and the most characters. */
export interface TextKind {
  readonly type?: 'text' | 'tel' | 'email' | 'time';
  readonly autocomplete?: string;
  readonly chars_max?: number;
}

/** A line of text. */
export function textField(field: Field, { type = 'text', autocomplete, chars_max }: TextKind = {}): Markup {
  return around(
    field,
    html`<input id="${field.id ?? field.name}" name="${field.name}" type="${type}" value="${field.value}"${attributes(field)}${
      autocomplete !== undefined && html` autocomplete="${autocomplete}"`
    }${chars_max !== undefined && html` maxlength="${chars_max}"`}>`,
  );
}

/** Several lines of text. */
export function areaField(field: Field, chars_max: number): Markup {
  return around(
    field,
    html`<textarea id="${field.id ?? field.name}" name="${field.name}" rows="3" maxlength="${chars_max}"${attributes(field)}>${field.value}</textarea>`,
  );
}

/** One of a list. */
export function selectField(
  field: Field,
  empty: string,
  options: readonly { readonly value: string; readonly text: string }[],
): Markup {
  const shown = options.map(
    ({ value, text }) =>
      html`<option value="${value}"${value === field.value && html` selected`}>${text}</option>`,
  );
  return around(
    field,
    html`<select id="${field.id ?? field.name}" name="${field.name}"${attributes(field)}><option value="">${empty}</option>${shown}</select>`,
  );
}

/** A radio button or a box to tick. */
export function choice(
  type: 'radio' | 'checkbox',
  name: string,
  {
    value,
    text,
    is_chosen,
    is_required = false,
  }: {
    readonly value: string;
    readonly text: string;
    readonly is_chosen: boolean;
    readonly is_required?: boolean;
  },
): Markup {
  return html`<label class="choice"><input type="${type}" name="${name}" value="${value}"${
    is_chosen && html` checked`
  }${is_required && html` required`}><span>${text}</span></label>`;
}

function around(field: Field, control: Markup): Markup {
  const { name, id = name, label, hint, wrong } = field;
  return html`<div class="field"><label for="${id}">${label}</label>${
    hint !== undefined && html`<span class="hint" id="${id}-hint">${hint}</span>`
  }${wrong !== undefined && html`<span class="wrong" id="${id}-wrong">${wrong}</span>`}${control}</div>`;
}

function attributes({ name, id = name, hint, wrong, is_required }: Field): Markup {
  const described = [hint !== undefined && `${id}-hint`, wrong !== undefined && `${id}-wrong`];
  const ids = described.filter((one) => one !== false).join(' ');
  return html`${is_required === true && html` required`}${
    wrong !== undefined && html` aria-invalid="true"`
  }${ids !== '' && html` aria-describedby="${ids}"`}`;
}
