/** Plain CSS in px: the page's root font size is not ours to trust. */
export const PILL_CSS = `
:host { all: initial; }
button {
  all: unset; box-sizing: border-box; display: inline-flex; align-items: center; gap: 7px;
  min-height: 28px; max-width: 340px; padding: 4px 12px 4px 10px; cursor: pointer;
  border-radius: 14px; border: 1px solid #d0d3d9; background: #ffffff; color: #1d2129;
  font: 500 13px/18px system-ui, sans-serif; text-align: start;
  box-shadow: 0 1px 2px rgb(0 0 0 / 12%), 0 4px 12px rgb(0 0 0 / 10%);
}
button::before {
  content: ''; flex: none; box-sizing: border-box; width: 10px; height: 10px;
  border: 2px solid #5a6270; border-radius: 50%;
}
button:hover { background: #f4f5f7; }
button:focus-visible { outline: 2px solid #1f5fd6; outline-offset: 2px; }
button[data-tone='good']::before { border-color: #157347; background: #157347; }
button[data-tone='attention'] { border-color: #b7791f; }
button[data-tone='attention']::before { border-color: #9a5b00; border-radius: 2px; rotate: 45deg; }
button[data-tone='stop'] { border-color: #b42318; background: #fef3f2; color: #7a1710; }
button[data-tone='stop']::before { border-color: #b42318; background: #b42318; border-radius: 2px; }
@media (prefers-color-scheme: dark) {
  button { background: #22252b; color: #eceef2; border-color: #454a54; }
  button:hover { background: #2c3038; }
  button::before { border-color: #a3abba; }
  button:focus-visible { outline-color: #8ab4ff; }
  button[data-tone='good']::before { border-color: #4cc38a; background: #4cc38a; }
  button[data-tone='attention'] { border-color: #d9a441; }
  button[data-tone='attention']::before { border-color: #e0ae4e; }
  button[data-tone='stop'] { background: #3a1a18; color: #ffd9d4; border-color: #f97066; }
  button[data-tone='stop']::before { border-color: #f97066; background: #f97066; }
}
@media (forced-colors: active) {
  button { border-color: ButtonText; }
  button::before { border-color: ButtonText; }
  button[data-tone='stop'], button[data-tone='attention'] { border-width: 2px; }
}
@media print { button { display: none; } }
`;
