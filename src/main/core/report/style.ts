/** How the report looks: neutral grays, light or dark as the reader's system is, light on paper. */
export const STYLE = `
:root { color-scheme: light dark; --ground: #f4f4f4; --panel: #ffffff; --line: #d2d2d2; --ink: #1a1a1a; --quiet: #575757; --accent: #9a5100; --soft: #f6e9d8; --good: #1f7a4d; }
.on-dark { display: none; }
@media screen and (prefers-color-scheme: dark) {
  :root { --ground: #191919; --panel: #1e1e1e; --line: #3a3a3a; --ink: #ececec; --quiet: #ababab; --accent: #f0a63c; --soft: #3a2d19; --good: #5fc08a; }
  .on-light { display: none; }
  .on-dark { display: block; }
}
* { box-sizing: border-box; }
body { background: var(--ground); color: var(--ink); font: 15px/1.5 'Source Sans 3', 'Segoe UI', system-ui, 'Helvetica Neue', 'DejaVu Sans', Arial, sans-serif; font-variant-numeric: tabular-nums; margin: 0; }
main { margin: 0 auto; max-width: 1060px; padding: 32px 24px 64px; }
h1 { font-size: 26px; line-height: 1.25; margin: 0; overflow-wrap: anywhere; }
h2 { border-top: 1px solid var(--line); font-size: 19px; margin: 40px 0 12px; padding-top: 20px; }
h3 { font-size: 15px; margin: 24px 0 8px; }
p { margin: 0 0 10px; max-width: 76ch; overflow-wrap: anywhere; }
.quiet, figcaption, caption { color: var(--quiet); }
figcaption { margin-top: 4px; }
.tiles { display: grid; gap: 12px; grid-template-columns: repeat(auto-fit, minmax(128px, 1fr)); font-size: 13px; list-style: none; margin: 20px 0 0; padding: 0; }
.tiles li { background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: 10px 14px; }
.tiles strong { display: block; font-size: 20px; }
figure { margin: 0 0 18px; break-inside: avoid; }
.chart { background: var(--panel); border: 1px solid var(--line); border-radius: 6px; overflow: auto; padding: 4px; }
.chart svg { display: block; height: auto; max-width: 100%; margin: 0 auto; }
.frame { overflow-x: auto; margin: 0 0 14px; }
table { background: var(--panel); border: 1px solid var(--line); border-collapse: collapse; border-radius: 6px; }
caption { padding: 0 0 6px; text-align: left; }
th, td { border-bottom: 1px solid var(--line); padding: 4px 14px 4px 10px; text-align: left; vertical-align: top; }
thead th { color: var(--quiet); font-weight: 600; }
tbody th { font-weight: 600; }
.number { text-align: right; white-space: nowrap; }
.changed th, .changed td { background: var(--soft); }
.ours td, .ours th { font-weight: 700; }
.pictures { border: 0; background: none; }
.pictures th, .pictures td { border: 0; padding: 2px; }
.pictures img { display: block; }
.pictures tbody th { font-weight: 400; max-width: 120px; overflow-wrap: anywhere; }
.strips { display: grid; gap: 16px; grid-template-columns: repeat(auto-fit, minmax(min(440px, 100%), 1fr)); list-style: none; margin: 0; padding: 0; }
.strips img { display: block; height: auto; max-width: 100%; }
.strips figcaption { font-size: 13px; overflow-wrap: anywhere; }
img { border-radius: 2px; }
pre { background: var(--panel); border: 1px solid var(--line); border-radius: 6px; margin: 0 0 12px; overflow: auto; padding: 10px 14px; white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.5 'DejaVu Sans Mono', ui-monospace, monospace; }
details { margin: 0 0 14px; }
summary { cursor: pointer; }
a { color: var(--accent); }
nav ul { display: flex; flex-wrap: wrap; gap: 4px 18px; list-style: none; margin: 20px 0 0; padding: 0; }
@media print {
  body { background: #ffffff; font-size: 11pt; }
  main { max-width: none; padding: 0; }
  nav { display: none; }
  h2, h3 { break-after: avoid; }
  tr, .strips li { break-inside: avoid; }
  .chart { overflow: visible; }
}
`;
