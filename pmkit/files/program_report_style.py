"""How a program report looks: one page of A4, and the same page on a screen."""

STYLE = """\
:root { --ink: #17212b; --muted: #55626f; --line: #d8dee4; --shade: #f3f5f7; --navy: #123a5c;
  --green: #00704f; --amber: #f2b632; --red: #b23a00; --band: #cfd8e1; }
* { box-sizing: border-box; }
html { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
body { margin: 0; background: #e9edf0; color: var(--ink);
  font: 8.3pt/1.33 "Helvetica Neue", Helvetica, Arial, "Liberation Sans", "DejaVu Sans Condensed",
  sans-serif; font-size-adjust: .52;
  font-variant-numeric: tabular-nums; }
main { width: 210mm; min-height: 297mm; margin: 8mm auto; padding: 11mm 12mm 9mm;
  background: #ffffff; box-shadow: 0 1px 8px rgba(20, 33, 45, .18); }
header { display: flex; justify-content: space-between; align-items: flex-start; gap: 8mm;
  border-bottom: 2.2pt solid var(--navy); padding-bottom: 2.2mm; }
h1 { font-size: 17pt; line-height: 1.12; margin: 0; letter-spacing: -.01em; color: var(--navy); }
p { margin: 0; }
header p { margin: .8mm 0 0; color: var(--muted); }
header > div:first-child { flex: 1; }
header .overall { text-align: right; max-width: 82mm; }
header .overall .chip { font-size: 11pt; padding: 1mm 3mm; }
h2 { font-size: 8pt; line-height: 1.2; letter-spacing: .075em; text-transform: uppercase;
  color: var(--navy); margin: 3.4mm 0 .9mm; }
h2 small { font-weight: normal; font-size: 7.4pt; letter-spacing: 0; text-transform: none;
  color: var(--muted); margin-left: 1.5mm; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th, td { text-align: left; vertical-align: top; font-weight: normal; padding: .62mm 1.8mm .62mm 0;
  border-bottom: .4pt solid var(--line); overflow-wrap: anywhere; }
thead th { font-size: 7pt; color: var(--muted); border-bottom: .8pt solid var(--muted);
  vertical-align: bottom; padding-bottom: .4mm; }
tbody th { font-weight: 600; }
.plain tbody th { font-weight: normal; }
.plain tr.total th { font-weight: 600; }
th.n, td.n { text-align: right; white-space: nowrap; overflow: hidden; }
th:last-child, td:last-child { padding-right: 0; }
.muted { color: var(--muted); font-weight: normal; }
.date { white-space: nowrap; }
.one { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.chip { display: inline-block; border-radius: 2pt; padding: 0 1.5mm; font-weight: 600;
  white-space: nowrap; line-height: 1.42; }
.green { background: var(--green); color: #ffffff; }
.amber { background: var(--amber); color: #17212b; }
.red { background: var(--red); color: #ffffff; }
.unknown { background: #ffffff; color: var(--muted); box-shadow: inset 0 0 0 .6pt var(--muted); }
.whole > * { background: var(--shade); font-weight: 600; border-bottom: .8pt solid var(--muted); }
.needed { border-left: 2.2pt solid var(--red); padding-left: 2.6mm; margin-top: 3.2mm; }
.needed.none { border-color: var(--green); }
.needed h2 { margin-top: 0; }
.needed tbody th { font-weight: normal; }
.pair { display: grid; grid-template-columns: 43fr 57fr; gap: 0 7mm; }
.pair.even { grid-template-columns: 1fr 1fr; }
.total > * { border-top: .8pt solid var(--muted); font-weight: 600; }
ul { margin: 0; padding: 0; list-style: none; }
li { padding: .5mm 0 .5mm 3mm; border-bottom: .4pt solid var(--line); position: relative; }
li::before { content: "\\2013"; position: absolute; left: 0; color: var(--muted); }
.more { color: var(--muted); font-size: 7.6pt; margin: .6mm 0 0; }
.said { margin: 1.6mm 0 0; color: var(--muted); font-size: 7.6pt; }
svg.bar { display: block; width: 100%; height: 3.2mm; margin: 1.4mm 0 .6mm; }
.key { color: var(--muted); font-size: 7.2pt; margin: 0; }
svg.strip { display: block; width: 100%; height: 3.5mm; margin-top: .2mm; overflow: visible; }
footer { margin-top: 3mm; padding-top: 1.2mm; border-top: .8pt solid var(--line);
  color: var(--muted); font-size: 7pt; }
@page { size: A4 portrait; margin: 10mm 12mm 9mm; }
@media print {
  body { background: #ffffff; }
  main { width: auto; margin: 0; padding: 0; box-shadow: none; min-height: 0;
    zoom: var(--fit, 1); }
  section, tr, li { break-inside: avoid; }
}
@media screen and (max-width: 760px) {
  main { width: auto; margin: 0; padding: 6mm 5mm; }
  .pair, .pair.even { grid-template-columns: 1fr; }
  .wide { overflow-x: auto; }
  .wide table { min-width: 640px; }
}
"""
