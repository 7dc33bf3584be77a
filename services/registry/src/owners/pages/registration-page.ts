import { AGREEMENT_PURPOSES, PURPOSE_NAMES, type Unit } from '@minhchung/domain';
import { ADDRESS_CHARS_MAX, LOOKS_AT_CHARS_MAX, MAKER_CHARS_MAX } from '../limits.ts';
import { areaField, choice, type Field, selectField, textField } from './form-fields.ts';
import { html, type Markup } from './html.ts';
import { pageOf, type View } from './layout.ts';
import { type FormField, REGISTRATION_TEXTS as T, WRONG_TEXTS } from './registration-texts.ts';

/** Where the public form is. */
export const REGISTRATION_PATH = '/dang-ky-camera';

/** What the form is shown with. */
export interface ShownForm {
  readonly ticket: string;
  readonly wards: readonly Unit[];
  readonly fields: URLSearchParams;
  readonly wrong: readonly FormField[];
  /** What stands against the form as a whole. */
  readonly fault: string | null;
}

/** The public form. */
export function registrationPage(view: View, form: ShownForm): string {
  const { t, to } = view;
  return pageOf(
    view,
    t(T.title),
    REGISTRATION_PATH,
    html`<p>${t(T.intro)}</p>
<p>${t(T.use)}</p>
${problems(view, form)}
<form method="post" action="${to(REGISTRATION_PATH)}" novalidate>
<input type="hidden" name="ticket" value="${form.ticket}">
<div class="trap" aria-hidden="true"><label>${t(T.website)}<input name="website" tabindex="-1" autocomplete="off"></label></div>
${aboutOwner(view, form)}
${aboutCamera(view, form)}
${terms(view, form)}
<div class="field" id="sure">${wrongAt(view, form, 'sure')}${sure(view, form)}</div>
<p><button>${t(T.send)}</button></p>
</form>`,
  );
}

function sure({ t }: View, { fields }: ShownForm): Markup {
  const is_chosen = fields.get('sure') === 'yes';
  return choice('checkbox', 'sure', { value: 'yes', text: t(T.sure), is_chosen, is_required: true });
}

/** What everybody is told who sent the form. */
export function thanksPage(view: View): string {
  return pageOf(view, view.t(T.thanks_title), null, html`<p>${view.t(T.thanks)}</p>`);
}

function problems({ t }: View, { wrong, fault }: ShownForm): Markup | null {
  if (fault !== null) return html`<div class="alert" role="alert"><p>${fault}</p></div>`;
  if (wrong.length === 0) return null;
  const items = wrong.map(
    (field) => html`<li><a href="#${field === 'hours' ? 'from' : field}">${t(WRONG_TEXTS[field])}</a></li>`,
  );
  return html`<div class="alert" role="alert"><p>${t(T.mended)}</p><ul>${items}</ul></div>`;
}

function aboutOwner(view: View, form: ShownForm): Markup {
  const { t } = view;
  const wards = form.wards.map(({ id, name }) => ({ value: id, text: name }));
  return html`<fieldset><legend>${t(T.you)}</legend>
${selectField(field(view, form, 'unit_id', true), t(T.choose), wards)}
${textField(field(view, form, 'name', true), { autocomplete: 'name', chars_max: 200 })}
${textField(field(view, form, 'phone', true), { type: 'tel', autocomplete: 'tel', chars_max: 30 })}
${textField({ ...field(view, form, 'email'), hint: t(T.email_hint) }, { type: 'email', autocomplete: 'email', chars_max: 254 })}
${textField(field(view, form, 'address'), { autocomplete: 'street-address', chars_max: ADDRESS_CHARS_MAX })}
</fieldset>`;
}

function aboutCamera(view: View, form: ShownForm): Markup {
  const { t } = view;
  return html`<fieldset><legend>${t(T.camera)}</legend>
${areaField({ ...field(view, form, 'looks_at', true), hint: t(T.looks_at_hint) }, LOOKS_AT_CHARS_MAX)}
${textField({ ...field(view, form, 'position'), hint: t(T.position_hint) }, { chars_max: 60 })}
${textField(field(view, form, 'maker'), { chars_max: MAKER_CHARS_MAX })}
</fieldset>`;
}

function terms(view: View, form: ShownForm): Markup {
  const { t } = view;
  const { fields } = form;
  const modes = (['ask_first', 'automatic'] as const).map((value) =>
    choice('radio', 'mode', { value, text: t(T[value]), is_chosen: fields.get('mode') === value }),
  );
  const chosen = fields.getAll('purposes');
  const purposes = AGREEMENT_PURPOSES.map((value) =>
    choice('checkbox', 'purposes', {
      value,
      text: t(PURPOSE_NAMES[value]),
      is_chosen: chosen.includes(value),
    }),
  );
  const audio = choice('checkbox', 'allows_audio', {
    value: 'yes',
    text: t(T.allows_audio),
    is_chosen: fields.get('allows_audio') === 'yes',
  });
  const hour = (name: 'from' | 'to') =>
    textField({ name, label: t(T[name]), value: fields.get(name) ?? '' }, { type: 'time' });
  return html`<fieldset><legend>${t(T.terms)}</legend>
<div class="field" role="radiogroup" aria-labelledby="mode-label"><span class="label" id="mode-label">${t(T.mode)}</span>${wrongAt(view, form, 'mode')}<div id="mode">${modes}</div></div>
<div class="field" role="group" aria-labelledby="purposes-label"><span class="label" id="purposes-label">${t(T.purposes)}</span>${wrongAt(view, form, 'purposes')}<div id="purposes">${purposes}</div></div>
<div class="field" role="group" aria-labelledby="audio-label"><span class="label" id="audio-label">${t(T.audio)}</span>${audio}</div>
<div class="field" role="group" aria-labelledby="hours-label"><span class="label" id="hours-label">${t(T.hours)}</span>${wrongAt(view, form, 'hours')}<div class="pair">${hour('from')}${hour('to')}</div></div>
</fieldset>`;
}

function field(view: View, form: ShownForm, name: FormField & keyof typeof T, is_required = false): Field {
  const wrong = form.wrong.includes(name) ? view.t(WRONG_TEXTS[name]) : undefined;
  return { name, label: view.t(T[name]), value: form.fields.get(name) ?? '', wrong, is_required };
}

function wrongAt({ t }: View, { wrong }: ShownForm, name: FormField): Markup | false {
  return wrong.includes(name) && html`<span class="wrong">${t(WRONG_TEXTS[name])}</span>`;
}
