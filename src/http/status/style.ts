import { createHash } from 'node:crypto';

/** How the page looks: light or dark as the reader's machine is, one column, nothing that says something by its colour alone. */
export const STYLE = `
:root{color-scheme:light dark;--bg:#f6f7f9;--card:#fff;--text:#1b1f24;--soft:#57606a;--line:#d5dbe1;--link:#0a58ca;
--operational:#1a7f37;--maintenance:#0a58ca;--degraded:#8a5a00;--outage:#c01c28}
@media (prefers-color-scheme:dark){:root{--bg:#0f1318;--card:#181d24;--text:#e6edf3;--soft:#a3afbb;--line:#303944;--link:#7ab8ff;
--operational:#56d37a;--maintenance:#7ab8ff;--degraded:#e8b84b;--outage:#ff8078}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--text);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;overflow-wrap:anywhere}
.page{max-width:46rem;margin:0 auto;padding:1.25rem 1rem 3rem}
a{color:var(--link)}a:focus-visible{outline:3px solid var(--link);outline-offset:2px}
header{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;align-items:baseline;justify-content:space-between;margin-bottom:1rem}
h1{font-size:1.5rem;line-height:1.25;margin:0}h2{font-size:1.15rem;margin:2rem 0 .6rem}h3{font-size:1.05rem;line-height:1.35;margin:0}
nav ul{display:flex;gap:1rem;margin:0;padding:0;list-style:none}nav [aria-current]{font-weight:600}
article h2{margin:0}
.card{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:1rem;margin:0 0 .75rem}
.headline{display:flex;gap:.6rem;font-size:1.2rem;font-weight:600;border-left:.4rem solid currentcolor;margin:0 0 .75rem}
.headline span:last-child{color:var(--text)}
.last{border:2px dashed var(--degraded)}.last time{color:inherit}
.mark{font-weight:700}
.operational{color:var(--operational)}.maintenance{color:var(--maintenance)}.degraded{color:var(--degraded)}.outage{color:var(--outage)}
.soft,time{color:var(--soft)}time{font-variant-numeric:tabular-nums}
.state{margin:.25rem 0 0}
.parts,.past{list-style:none;margin:0;padding:0 1rem}
.parts li{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1rem;padding:.6rem 0;border-top:1px solid var(--line)}
.past li{padding:.7rem 0;border-top:1px solid var(--line)}.parts li:first-child,.past li:first-child{border-top:0}
.past p{margin:.1rem 0 0}
dl{margin:.75rem 0 0}dt{font-weight:600}dd{margin:0 0 .4rem}dd time{color:inherit}dd ul,dd ol{margin:0;padding-left:1.2rem}
.events{list-style:none;margin:.75rem 0 0;padding:0 0 0 .9rem;border-left:2px solid var(--line)}
.events li{margin:0 0 .75rem}.events li:last-child{margin-bottom:0}.events p{margin:0}
.words{white-space:pre-line}
footer{margin-top:2.5rem;border-top:1px solid var(--line);padding-top:.75rem;color:var(--soft)}
form h2{font-size:1rem;margin:1rem 0 .3rem;color:var(--text)}form p{margin:.3rem 0}input,button,textarea,select{font:inherit;padding:.4rem .6rem;border:1px solid var(--soft);border-radius:.3rem;background:var(--card);color:var(--text);max-width:100%}button{cursor:pointer}label{display:block}textarea{width:100%}fieldset{border:0;margin:0 0 .75rem;padding:0}
footer ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;list-style:none;margin:.25rem 0;padding:0}
@media (forced-colors:active){.headline{border-left-color:CanvasText}}
@media print{.card{break-inside:avoid}nav,footer ul{display:none}}
`;

/** Nothing but this style is taken: no script, no picture, no form, no frame. */
export const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`;
