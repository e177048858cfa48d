"""How a report looks: on a screen, light or dark, and on A4."""

STYLE = """\
:root { --paper: #ffffff; --text: #1f2328; --muted: #59636e; --line: #d5dae0; --shade: #f4f6f8;
  --accent: #0b5394; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--text);
  font: 15px/1.5 system-ui, "Segoe UI", Helvetica, Arial, sans-serif; }
main { max-width: 1060px; margin: 0 auto; padding: 28px 24px 48px; }
h1 { font-size: 26px; line-height: 1.25; margin: 0 0 8px; }
h2 { font-size: 20px; margin: 40px 0 10px; padding-top: 14px; border-top: 1px solid var(--line); }
a { color: var(--accent); }
p { margin: 0 0 12px; }
.muted { color: var(--muted); }
.answers { margin: 14px 0 0; padding: 12px 18px 12px 34px; background: var(--shade);
  border-left: 4px solid var(--accent); }
.answers li { margin: 3px 0; }
.wide { overflow-x: auto; margin: 12px 0 20px; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding: 0 0 6px; }
th, td { text-align: left; vertical-align: top; padding: 7px 14px 7px 0; font-weight: normal;
  border-bottom: 1px solid var(--line); overflow-wrap: break-word; min-width: 84px; }
thead th { font-weight: 600; border-bottom: 2px solid var(--muted); }
td span, .moved th .muted { display: block; }
.moved td { white-space: nowrap; }
td .muted, td .delta { font-size: 13px; }
.figures .value, .effects .value { font-weight: 600; }
td span { white-space: nowrap; }
.effects td { font-size: 14px; }
.figures .delta { display: table; margin-top: 3px; padding: 0 7px; border-radius: 3px;
  background: var(--shade); }
.effects tr:last-child:not(:first-child) > * { border-top: 2px solid var(--muted); }
.facts { table-layout: fixed; }
.facts thead th:first-child { width: 220px; }
figure { margin: 20px 0; }
figure svg { display: block; }
figcaption { color: var(--muted); font-size: 13px; margin-top: 4px; }
.dark { display: none; }
@media screen and (prefers-color-scheme: dark) {
  :root { --paper: #16191d; --text: #eceff2; --muted: #a9b2bc; --line: #363d45; --shade: #20252a;
    --accent: #8fc1f0; }
  .light { display: none; }
  .dark { display: block; }
}
@page { size: A4; margin: 16mm 14mm; }
@media print {
  body { font-size: 10pt; }
  main { max-width: none; padding: 0; }
  h2 { margin-top: 20px; }
  [id^="scenario-"] { break-before: page; }
  [id^="scenario-"] h2 { margin-top: 0; padding-top: 0; border: 0; }
  h2, caption, thead { break-after: avoid; }
  tbody tr:first-child { break-before: avoid; }
  tr, figure, .answers, .effects, .figures { break-inside: avoid; }
  thead { display: table-header-group; }
  .wide { overflow: visible; }
  figure { margin: 10px 0; }
  figure svg { max-width: 100%; max-height: 180mm; width: auto; height: auto; }
  figure.tall { break-inside: auto; }
  figure.tall svg { max-height: none; }
  a { color: inherit; text-decoration: none; }
}
"""
