import { createHash } from 'node:crypto';
import { STYLE as STATUS } from '../status/style.ts';

/** As the status page looks, with what pages need on which one does something. */
export const STYLE = `${STATUS}
.bar{display:flex;flex-wrap:wrap;gap:.35rem 1.1rem;margin:0 0 1.25rem;padding:0 0 .6rem;border-bottom:1px solid var(--line);list-style:none}
.bar a{padding:.35rem 0;display:inline-block}.bar [aria-current]{font-weight:700;color:var(--text);text-decoration:none}
.bar li:last-child{margin-left:auto}
button{background:var(--link);border-color:var(--link);color:var(--bg);min-height:2.6rem;padding:.5rem 1rem;font-weight:600}
a.button{display:inline-block;background:var(--link);color:var(--bg);padding:.6rem 1rem;border-radius:.4rem;font-weight:600;text-decoration:none}
button.quiet{background:none;color:var(--link)}button.danger{background:none;border-color:var(--outage);color:var(--outage)}
button.link{background:none;border:0;color:var(--link);padding:.35rem 0;min-height:0;font-weight:400;text-decoration:underline}
:is(button,input,textarea,select,summary):focus-visible{outline:3px solid var(--link);outline-offset:2px}
input,textarea,select{min-height:2.6rem;padding:.5rem .6rem}input:not([type=radio]),select{width:100%}input[type=radio]{min-height:0;margin:.6rem .5rem .6rem 0}
form.inline{display:inline-block;margin:.25rem .4rem .25rem 0}form.inline p{margin:0}
.row{display:flex;flex-wrap:wrap;gap:.5rem 1rem}.row>*{flex:1 1 12rem}
.field{margin:0 0 1rem}.field label,legend{font-weight:600;margin:0 0 .25rem;display:block}.field .hint{color:var(--soft);margin:.25rem 0 0;font-size:.93rem}
.error{color:var(--outage);font-weight:600;margin:.25rem 0 0}
.told{border-left:.4rem solid var(--operational)}.told.bad{border-left-color:var(--outage)}
fieldset{border:0;padding:0;margin:0 0 .75rem;min-width:0}legend{padding:0}fieldset label{font-weight:400;display:block}
.list{list-style:none;margin:0;padding:0}.list>li{border-top:1px solid var(--line);padding:.75rem 0}.list>li:first-child{border-top:0}
.card.list{padding:0 1rem}.card>p:first-child{margin-top:0}.card>p:last-child,.card>div>p:last-child{margin-bottom:0}.bar form.inline{margin:0}
.list a.whole{display:block;padding:.1rem 0;font-weight:600}.list p{margin:.1rem 0 0}
.said{margin:0 0 .75rem}.said header{margin:0 0 .4rem;display:block}.said.us{border-left:.4rem solid var(--link)}
.body>:first-child{margin-top:0}.body>:last-child{margin-bottom:0}.body pre{overflow-x:auto;white-space:pre-wrap;background:var(--bg);padding:.6rem;border-radius:.3rem}
.body blockquote{margin:0;padding-left:.75rem;border-left:3px solid var(--line);color:var(--soft)}
.files{list-style:none;margin:.6rem 0 0;padding:0}
.badge{display:inline-block;border:1px solid currentcolor;border-radius:1rem;padding:0 .6rem;font-size:.9rem}
details{margin:.5rem 0}summary{cursor:pointer;color:var(--link);padding:.35rem 0}
code{font-family:ui-monospace,Consolas,monospace}
@media print{.bar,form{display:none}}
`;

/** Nothing but this style is taken: no script, no picture, no frame; forms come here and nowhere else. */
export const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`;
