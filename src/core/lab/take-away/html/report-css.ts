/** The report's own sheet: the page's tokens, light on paper whatever the screen shows, no web font, no shadow. */
const LIGHT = `--paper:#f6f7f7;--surface:#fff;--sunken:#eef0f1;--line:#dce0e2;--edge:#808a92;--ink:#14202a;--ink-2:#42505b;--ink-3:#5a6772;--accent:#0b6a66;--real:#2d5ca6;--real-fill:#a9c0e6;--syn:#b34e0a;--bad:#ad1f3b;--pos:#0b6a66;--neg:#74489a;--zero:#f3f4f4`;
const DARK = `--paper:#0e1316;--surface:#151b20;--sunken:#1d252b;--line:#2c363d;--edge:#77848e;--ink:#e9eef1;--ink-2:#b9c4cb;--ink-3:#94a1ab;--accent:#4fc0b4;--real:#8db3ef;--real-fill:#3a5b90;--syn:#f39a50;--bad:#ff8f9b;--pos:#4fc0b4;--neg:#c49be6;--zero:#20282e`;

export const REPORT_CSS = `
:root{color-scheme:light;${LIGHT}}
@media screen and (prefers-color-scheme:dark){:root{color-scheme:dark;${DARK}}}
*{box-sizing:border-box;margin:0}
html{background:var(--paper);-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{font:400 14px/1.45 -apple-system,BlinkMacSystemFont,"Segoe UI Variable Text","Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,sans-serif;color:var(--ink);background:var(--paper);font-variant-numeric:tabular-nums;max-width:1180px;margin:0 auto;padding:24px;overflow-wrap:anywhere}
h1{font-size:24px;line-height:1.3;font-weight:600;letter-spacing:-.01em;text-wrap:balance}
h2{font-size:18px;line-height:1.35;font-weight:600}
h3{font-size:14px;line-height:1.35;font-weight:600}
h4{font-size:13px;line-height:1.35;font-weight:600}
p,li{max-width:84ch}
b,th{font-weight:600}
a{color:var(--accent);text-underline-offset:2px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.q{color:var(--ink-2)}.s{font-size:12px}.s13{font-size:13px}
.mono{font-family:ui-monospace,"SF Mono",Consolas,"Liberation Mono",Menlo,monospace;font-size:.9em}
.vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.skip{position:absolute;left:-9999px}.skip:focus{left:24px;top:8px;background:var(--surface);padding:8px}
.stamp{font-size:12px;color:var(--ink-2);display:flex;justify-content:space-between;gap:4px 16px;flex-wrap:wrap;max-width:none;padding-bottom:8px;border-bottom:1px solid var(--line);margin-bottom:12px}
.stamp b{font-size:14px;color:var(--ink)}
.board{max-width:860px;margin:0 auto 24px;padding:24px 40px}
.board .not{font-size:15px;font-weight:600;margin-top:4px;max-width:none}
.part{display:grid;grid-template-columns:120px minmax(0,1fr);gap:8px 20px;border-top:1px solid var(--line);padding:9px 0;margin-top:9px}
.part+.part{margin-top:0}
.part h2{font-size:14px}
.part dl{grid-template-columns:124px minmax(0,1fr);gap:2px 12px}
.part .line{display:block;border-bottom:1px solid var(--edge);height:18px}
.part ul{list-style:none;padding:0;gap:0}
.sides td,.sides th{padding:3px 10px 3px 0;text-align:left}
.sides td.w{max-width:none;font-size:12px}
.sides thead th{padding:0;border:0}
.sides tbody th{min-width:132px}
.part .found{margin-top:6px}
.found li{display:grid;grid-template-columns:18px minmax(0,1fr) 150px;gap:8px;align-items:center;padding:2px 0;font-size:12.5px;max-width:none}
.part .checks{gap:4px;margin-top:4px;font-size:13px}
.checks li{display:flex;gap:8px;align-items:flex-start;max-width:none}
.box{display:inline-block;flex:none;width:12px;height:12px;border:1px solid var(--edge);border-radius:2px;margin:3px 5px 0 0;vertical-align:-1px}
.signs td .box:not(:first-child){margin-left:10px}
.signs th,.signs td{text-align:left;height:32px;vertical-align:bottom;border-bottom:1px solid var(--edge);padding-bottom:4px}
.signs thead th{height:auto;border-bottom:1px solid var(--line)}
.signs tbody tr:last-child>*{border-bottom:1px solid var(--edge)}
.signs tbody th{font-weight:400;min-width:150px}.signs td:nth-child(3){min-width:130px}.signs td:last-child{min-width:80px}
.board footer{padding:10px 0 0;margin-top:12px;border-top:1px solid var(--line)}
.board footer p{max-width:none}
.notice{padding-bottom:8px}
nav{display:flex;flex-wrap:wrap;gap:4px 16px;font-size:13px;padding-bottom:16px}
.card{background:var(--surface);border:1px solid var(--line);border-radius:10px;padding:16px 24px;margin-bottom:16px}
.card>header{display:grid;gap:2px;margin-bottom:12px}
.card>h3{margin:16px 0 6px}.card>h3~p{margin-top:12px}
.key{display:flex;flex-wrap:wrap;gap:4px 16px;font-size:12px;color:var(--ink-2);margin:4px 0 12px;align-items:center;max-width:none}
.key span{display:inline-flex;gap:6px;align-items:center}
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:4px 16px;font-size:13px}
dt{color:var(--ink-2)}dd{margin:0}
.scroll{overflow-x:auto;position:relative;margin-bottom:8px}
table{border-collapse:collapse;font-size:13px;width:100%}
caption{text-align:left;font-size:12px;color:var(--ink-2);padding-bottom:4px}
th,td{text-align:right;padding:5px 12px 5px 0;border-bottom:1px solid var(--line);vertical-align:middle;overflow-wrap:normal}
td{white-space:nowrap}td.w,td.wrap{white-space:normal}
thead th{font-size:12px;color:var(--ink-2);font-weight:400;vertical-align:bottom}
th:first-child,.w{text-align:left;overflow-wrap:anywhere}
td:has(>.v){text-align:left}
td.w{min-width:200px;max-width:440px;color:var(--ink-2)}
tbody th{font-weight:600;min-width:110px;max-width:320px}
tbody tr:last-child>*{border-bottom:0}
td.plot,th.plot{padding-top:0;padding-bottom:0;text-align:left;width:272px}
.r{color:var(--real)}.y{color:var(--syn)}
svg{display:block;overflow:visible;max-width:none}
svg text{font:400 11px -apple-system,BlinkMacSystemFont,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,sans-serif;fill:var(--ink-3);font-variant-numeric:tabular-nums}
svg .tr{fill:var(--real)}svg .ts{fill:var(--syn)}
.fr{fill:var(--real-fill)}
.er{fill:none;stroke:var(--real);stroke-width:1}
.tk{fill:none;stroke:var(--real);stroke-width:2}
.mg{fill:none;stroke:var(--real);stroke-width:1.5;stroke-dasharray:3 2}
.es{fill:none;stroke:var(--syn);stroke-width:1.75}
.eh{fill:none;stroke:var(--surface);stroke-width:4.5}
.lr{fill:none;stroke:var(--real);stroke-width:1.75}
.cr{fill:var(--real)}
.cs{fill:var(--surface);stroke:var(--syn);stroke-width:2.25}
.ho{fill:url(#hatch);stroke:var(--syn);stroke-width:1.5}
.ax{fill:none;stroke:var(--edge);stroke-width:1}
.gl{fill:none;stroke:var(--line);stroke-width:1}
.ck{fill:none;stroke:var(--edge);stroke-width:1;stroke-dasharray:1.5 3}
.z0{fill:var(--zero)}.nd{fill:var(--sunken)}
.pos{fill:var(--pos)}.neg{fill:var(--neg)}.mre{fill:var(--syn)}.lss{fill:var(--real)}
.ed{fill:none;stroke:var(--syn);stroke-width:1.4;stroke-dasharray:3 2}
.et{fill:none;stroke:var(--syn);stroke-width:1.1}
.cp{fill:var(--surface);stroke:var(--syn);stroke-width:1.4}
.hd{fill:var(--sunken);stroke:var(--edge);stroke-dasharray:2 2}
.en{fill:none;stroke:var(--ink);stroke-width:1.75}
.rp{fill:var(--real);stroke:var(--surface)}
.dt{fill:none;stroke:var(--ink);stroke-width:1;stroke-dasharray:1 3}
.il{fill:none;stroke:var(--ink);stroke-width:1.5}.ip{fill:var(--ink);stroke:var(--surface)}.sf{fill:var(--sunken)}.sb{fill:var(--sunken);stroke:var(--ink-2)}.sd{fill:var(--ink-2)}.sg{fill:var(--surface);stroke:var(--ink-2);stroke-width:1.5}
svg .ti{fill:var(--ink)}svg .tb{fill:var(--ink);font-weight:600}svg .tw{fill:var(--surface)}
.dash{fill:none;stroke:var(--ink);stroke-width:1.2}
.fm{fill:none;stroke:var(--ink);stroke-width:1.5}
.v{display:inline-flex;gap:6px;align-items:center;white-space:nowrap;font-size:13px;vertical-align:middle}
.v svg{color:var(--accent);flex:none}.v.cannot-tell svg{color:var(--ink-2)}.v.worse,.v.much-worse,.v.worse svg,.v.much-worse svg{color:var(--bad)}
.cut{fill:none;stroke:var(--surface);stroke-width:1.6}
.score td,.score th{padding-top:10px;padding-bottom:10px}
.score th span{display:block;font-weight:400;font-size:12px;color:var(--ink-2)}
.multiples{display:grid;grid-template-columns:repeat(auto-fill,minmax(288px,1fr));gap:20px 24px}
figure{margin:0;min-width:0}
.multiples figcaption{display:flex;gap:8px;align-items:center;justify-content:space-between}
.multiples figcaption h3{white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.chart{display:flex;gap:4px;align-items:flex-start;margin-top:4px}
.gauge{flex:none}
.remark{font-size:13px;color:var(--ink-2);margin-top:2px}
details{margin-top:4px;font-size:13px}
summary{cursor:pointer;color:var(--accent);font-size:12px;padding:2px 0}
details.more>summary{font-size:13px;padding:12px 0}
.maps{display:flex;flex-wrap:wrap;gap:24px}
.times{display:grid;grid-template-columns:repeat(auto-fill,minmax(324px,1fr));gap:20px 24px;margin-bottom:12px}
article{border-top:1px solid var(--line);padding:14px 0;display:grid;gap:6px;grid-template-columns:minmax(0,1fr)}
article:first-of-type{border-top:0;padding-top:0}
article>header{display:flex;flex-wrap:wrap;gap:4px 12px;align-items:center}
.number{font-size:13px;color:var(--ink-2)}
ul{padding-left:20px;display:grid;gap:4px}
footer{font-size:12px;color:var(--ink-3);display:grid;gap:4px;padding:8px 0 24px}
@media screen and (max-width:759px){
body{padding:16px 0}
nav,.notice,body>footer{padding-left:16px;padding-right:16px}
.board{padding:16px}.part{grid-template-columns:minmax(0,1fr)}.board h1{font-size:20px}.sides,.sides tbody,.signs,.signs tbody{display:block}.sides tr{display:grid;grid-template-columns:1fr auto;padding:6px 0;border-bottom:1px solid var(--line)}.sides tr>*{border:0;padding:0;display:block}.sides td.w{grid-column:1/-1;min-width:0}.found li{grid-template-columns:18px minmax(0,1fr)}.found li>svg{grid-column:2}.signs thead{display:none}.signs tr{display:block;border-bottom:1px solid var(--edge);padding:8px 0 24px}.signs tr>*,.signs tbody tr:last-child>*{display:block;border:0;height:auto;padding:2px 0}
.card{border-radius:0;border-width:1px 0;padding:16px}
nav a,summary{padding:10px 0}
dl{grid-template-columns:minmax(0,1fr);gap:0}dd{margin-bottom:8px}
.score,.score tbody{display:block}
.score thead{display:none}
.score tr{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:2px 12px;padding:12px 0;border-bottom:1px solid var(--line)}
.score tr:last-child{border-bottom:0}
.score th,.score td{display:block;border:0;padding:0;max-width:none}
.score .plot,.score .w{grid-column:1/-1;width:auto;min-width:0}
}
@media print{
@page{size:A4;margin:14mm 12mm}
html,body{background:#fff}
body{padding:0;max-width:none;font-size:10.5pt;-webkit-print-color-adjust:exact;print-color-adjust:exact}
:root{--paper:#fff}
nav,.skip,details:not(.more){display:none}
details.more>summary{display:none}
details.more::details-content{content-visibility:visible;block-size:auto;display:block}
.card{border:0;border-radius:0;padding:0;margin-bottom:20px}
/* The first page is whole on one sheet, also in a font that is wider. */
.card.board{zoom:.88;max-width:none;margin:0;padding:0;font-size:10pt;break-after:page;break-inside:avoid}
.board h1{font-size:17pt}.board .not{font-size:11pt}
.board dl,.board .s13,.board .checks,.board table,.board .v{font-size:9.5pt}.board .s,.board footer,.board .found li,.board .sides td.w{font-size:8.5pt}
.part{padding:5px 0;margin-top:5px}.signs tbody th,.signs tbody td{height:36px}.part dl{gap:1px 12px}.sides td,.sides th{padding-top:2px;padding-bottom:2px}.part .found{margin-top:3px}.part .checks{gap:2px}
h2,h3,h4,thead,.key,.card>header,article>header{break-after:avoid}
figure,tr,.maps figure,.times figure,dl>div{break-inside:avoid}
thead{display:table-header-group}
.scroll{overflow:visible}
.multiples,.times{grid-template-columns:repeat(2,minmax(0,1fr))}
table{font-size:8.5pt}
th,td{padding-right:8px}
td.w{min-width:110px}
tbody th{min-width:80px}
td.plot,th.plot{width:186px}
.plot svg{width:180px;height:auto}
a{color:inherit;text-decoration:none}
p,li{max-width:none;orphans:3;widows:3}
}
`.replaceAll("\n", "");
