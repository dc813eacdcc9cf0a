/** Plain CSS in px: the page's root font size is not ours to trust. */
export const PILL_CSS = `
:host { all: initial; color-scheme: light dark; }
button {
  all: unset; box-sizing: border-box; display: inline-flex; align-items: center; gap: 8px;
  min-height: 28px; max-width: 320px; padding: 4px 11px; cursor: pointer;
  border-radius: 14px; border: 1px solid light-dark(#d0d3d9,#454a54);
  background: light-dark(#fff,#22252b); color: light-dark(#1d2129,#eceef2);
  font: 500 13px/18px system-ui, sans-serif;
  box-shadow: 0 2px 8px #0002;
  --mark: light-dark(#5a6270,#a3abba);
}
button::before {
  content: ''; flex: none; box-sizing: border-box; width: 10px; height: 10px;
  border: 2px solid var(--mark); border-radius: 50%;
}
button:hover { background: light-dark(#f4f5f7,#2c3038); }
button:focus-visible { outline: 2px solid light-dark(#1f5fd6,#8ab4ff); outline-offset: 2px; }
[data-tone=good] { --mark: light-dark(#157347,#4cc38a); }
[data-tone=attention] { border-color: light-dark(#b7791f,#d9a441); --mark: light-dark(#9a5b00,#e0ae4e); }
[data-tone=attention]::before { border-radius: 2px; rotate: 45deg; }
button[data-tone=stop] {
  --mark: light-dark(#b42318,#f97066); border-color: var(--mark);
  background: light-dark(#fef3f2,#3a1a18); color: light-dark(#7a1710,#ffd9d4);
}
[data-tone=stop]::before { border-radius: 2px; }
[data-tone=good]::before, [data-tone=stop]::before { background: var(--mark); }
@media (forced-colors: active) {
  button, button::before { border-color: ButtonText; }
  [data-tone=stop], [data-tone=attention] { border-width: 2px; }
}
@media print { button { display: none; } }
`;
