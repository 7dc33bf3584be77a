/** Where the pages' style sheet is. */
export const STYLE_PATH = '/chu-camera.css';

/** One sheet for all pages: readable at 360 px and on a large screen, in the dark, in print, without colour vision. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #14202b; --soft: #51606d; --line: #8794a0; --ground: #fff; --panel: #f1f4f7;
  --act: #0b4f8a; --act-ink: #fff; --warn: #8a1c0b; --warn-ground: #fdf0ed; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8edf1; --soft: #a9b6c1; --line: #6d7a86; --ground: #12181e;
  --panel: #1c252d; --act: #8cc4f5; --act-ink: #0a1a28; --warn: #ffb4a5; --warn-ground: #3a1a14; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1.0625rem/1.55 system-ui, "Segoe UI", Roboto,
  "Noto Sans", sans-serif; overflow-wrap: break-word; }
header, main, footer { max-width: 44rem; margin: 0 auto; padding: 0 1rem; }
header { display: flex; flex-wrap: wrap; gap: .25rem 1rem; justify-content: space-between; align-items: baseline;
  padding-top: .75rem; padding-bottom: .75rem; border-bottom: 2px solid var(--act); }
header strong { font-size: 1.125rem; }
footer { color: var(--soft); font-size: .9375rem; border-top: 1px solid var(--line); margin-top: 2rem;
  padding-top: .75rem; padding-bottom: 1.5rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 1.25rem 0 .5rem; }
h2 { font-size: 1.1875rem; margin: 1.75rem 0 .5rem; }
h3 { font-size: 1.0625rem; margin: 0 0 .25rem; }
a { color: var(--act); }
.skip { position: absolute; left: -100vw; }
.skip:focus { position: static; }
:focus-visible { outline: 3px solid var(--act); outline-offset: 2px; }
fieldset { border: 1px solid var(--line); border-radius: .375rem; margin: 1.25rem 0; padding: .25rem .875rem .875rem; }
legend { font-weight: 600; padding: 0 .375rem; }
.field { margin: .875rem 0; }
.field > label, .field > .label { display: block; font-weight: 600; }
.hint { color: var(--soft); font-size: .9375rem; display: block; }
.wrong { color: var(--warn); font-weight: 600; display: block; }
input:not([type=radio]):not([type=checkbox]), select, textarea { width: 100%; font: inherit; color: inherit;
  background: var(--ground); border: 1px solid var(--line); border-radius: .375rem; padding: .5rem .625rem;
  min-height: 2.75rem; margin-top: .25rem; }
[aria-invalid=true] { border: 2px solid var(--warn) !important; }
.choice { display: flex; gap: .625rem; align-items: flex-start; padding: .375rem 0; }
.choice input { width: 1.25rem; height: 1.25rem; flex: none; margin: .25rem 0 0; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: .75rem; }
button { font: inherit; font-weight: 600; min-height: 2.75rem; padding: .5rem 1.125rem; border-radius: .375rem;
  border: 2px solid var(--act); background: var(--act); color: var(--act-ink); cursor: pointer; width: 100%; }
button.plain { background: transparent; color: var(--act); }
button.grave { border-color: var(--warn); background: transparent; color: var(--warn); }
.panel { background: var(--panel); border: 1px solid var(--line); border-radius: .375rem; padding: .875rem;
  margin: .875rem 0; }
.panel h2 { margin: 0 0 .25rem; }
.panel > :last-child { margin-bottom: 0; }
.alert { background: var(--warn-ground); border-left: .375rem solid var(--warn); padding: .625rem .875rem;
  margin: 1rem 0; }
dl { display: grid; grid-template-columns: 1fr; gap: 0 1rem; margin: .5rem 0; }
dt { color: var(--soft); font-size: .9375rem; }
dd { margin: 0 0 .5rem; }
details { margin-top: .75rem; }
summary { cursor: pointer; color: var(--act); min-height: 2rem; }
form.inline { margin-top: .625rem; }
.trap { position: absolute; left: -100vw; width: 1px; height: 1px; overflow: hidden; }
@media (min-width: 40rem) {
  button { width: auto; }
  dl { grid-template-columns: 12rem 1fr; }
  dd { margin-bottom: .25rem; }
}
@media print { form, .skip { display: none; } }
`;
