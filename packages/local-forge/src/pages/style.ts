export const style = `
:root { color-scheme: light dark; --fg: #1f2328; --muted: #59636e; --line: #d1d9e0; --soft: #f6f8fa; --bg: #fff; --link: #0969da;
  --green: #1f883d; --purple: #8250df; --red: #cf222e; --add: #dafbe1; --del: #ffebe9; --amber: #9a6700; }
@media (prefers-color-scheme: dark) { :root { --fg: #e6edf3; --muted: #9198a1; --line: #3d444d; --soft: #151b23; --bg: #0d1117; --link: #4493f8;
  --green: #238636; --purple: #8957e5; --red: #da3633; --add: #12261e; --del: #2d1517; --amber: #d29922; } }
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.55 system-ui, "Segoe UI", Helvetica, Arial, sans-serif; color: var(--fg); background: var(--bg); }
a { color: var(--link); text-decoration: none; } a:hover { text-decoration: underline; }
header.top { background: var(--soft); border-bottom: 1px solid var(--line); padding: 10px 24px; display: flex; gap: 12px; align-items: center; }
header.top .mark { font-weight: 700; color: var(--fg); } header.top .note { margin-left: auto; color: var(--muted); font-size: 13px; }
main { max-width: 1100px; margin: 0 auto; padding: 24px; }
h1 { font-size: 26px; font-weight: 500; margin: 0 0 8px; overflow-wrap: anywhere; } h2 { font-size: 17px; margin: 28px 0 10px; }
.muted { color: var(--muted); } .small { font-size: 13px; }
.badge { display: inline-block; border-radius: 2em; padding: 3px 12px; font-size: 13px; font-weight: 600; color: #fff; background: var(--muted); }
.badge.open { background: var(--green); } .badge.merged { background: var(--purple); } .badge.closed { background: var(--red); }
.label { display: inline-block; border: 1px solid var(--line); border-radius: 2em; padding: 0 9px; font-size: 12px; margin-right: 4px; }
.box { border: 1px solid var(--line); border-radius: 6px; margin: 0 0 16px; overflow: hidden; }
.box > .head { background: var(--soft); border-bottom: 1px solid var(--line); padding: 8px 14px; font-size: 14px; overflow-wrap: anywhere; }
.box > .head:last-child { border-bottom: 0; }
.box > .body { padding: 12px 16px; overflow-wrap: anywhere; } .box > .body > :first-child { margin-top: 0; } .box > .body > :last-child { margin-bottom: 0; }
.row { padding: 8px 14px; border-top: 1px solid var(--line); display: flex; gap: 10px; align-items: baseline; flex-wrap: wrap; } .row:first-child { border-top: 0; }
.row .end { margin-left: auto; }
.columns { display: grid; grid-template-columns: minmax(0, 1fr) 240px; gap: 24px; } @media (max-width: 800px) { .columns { display: block; } }
aside h3 { font-size: 13px; color: var(--muted); margin: 0 0 6px; } aside section { border-bottom: 1px solid var(--line); padding: 0 0 12px; margin: 0 0 12px; }
button { font: inherit; font-weight: 500; border: 1px solid var(--line); border-radius: 6px; padding: 5px 16px; background: var(--soft); color: var(--fg); cursor: pointer; }
button.primary { background: var(--green); border-color: transparent; color: #fff; } button:disabled { opacity: .5; cursor: not-allowed; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
form.inline { display: inline-block; margin-right: 8px; } textarea { width: 100%; min-height: 80px; font: inherit; padding: 8px; border: 1px solid var(--line); border-radius: 6px; background: var(--bg); color: var(--fg); }
table.code { border-collapse: collapse; width: 100%; font: 12.5px/20px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; tab-size: 4; }
table.code td { padding: 0 10px; white-space: pre-wrap; overflow-wrap: anywhere; vertical-align: top; }
table.code td.n { width: 1%; min-width: 44px; text-align: right; color: var(--muted); user-select: none; white-space: nowrap; } table.code td.n a { color: inherit; }
tr.add { background: var(--add); } tr.del { background: var(--del); } tr.hunk { background: var(--soft); color: var(--muted); } tr:target { background: #fff8c5; }
@media (prefers-color-scheme: dark) { tr:target { background: #3a2f0b; } }
.ok { color: var(--green); } .bad { color: var(--red); } .wait { color: var(--amber); }
pre { background: var(--soft); padding: 12px; border-radius: 6px; overflow: auto; } code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 90%; }
.body table { border-collapse: collapse; } .body table:not(.code) td, .body table:not(.code) th { border: 1px solid var(--line); padding: 4px 10px; }
.error { border: 1px solid var(--red); border-radius: 6px; padding: 10px 14px; margin-bottom: 16px; }
`;
