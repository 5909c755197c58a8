/** How it looks. A constructed sheet, which the page's Content-Security-Policy need not allow. */
export const CSS = `
:host{all:initial;--accent:var(--switchdesk-accent,#0b57d0);--on-accent:#fff;--back:#fff;--fore:#1b1d21;--soft:#5a6068;--line:#d9dce1;--theirs:#f0f2f5;--bad:#b3261e;
color-scheme:light;position:fixed;right:max(16px,env(safe-area-inset-right));bottom:max(16px,env(safe-area-inset-bottom));z-index:2147483000;font:15px/1.45 system-ui,sans-serif;color:var(--fore)}
:host([data-theme=dark]){--accent:var(--switchdesk-accent,#a8c7fa);--on-accent:#0b1f3f;--back:#1b1d21;--fore:#eceef1;--soft:#a9b0b9;--line:#3a3f46;--theirs:#2a2e34;--bad:#ffb4ab;color-scheme:dark}
*{box-sizing:border-box}
[hidden]{display:none!important}
button,input,textarea,select{font:inherit;color:inherit}
button{cursor:pointer}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
svg{width:24px;height:24px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
.open{display:flex;align-items:center;justify-content:center;position:relative;width:56px;height:56px;margin-left:auto;border:0;border-radius:50%;background:var(--accent);color:var(--on-accent);box-shadow:0 4px 14px #0004}
.badge{position:absolute;top:-4px;right:-4px;min-width:22px;padding:0 6px;border-radius:11px;background:#b3261e;color:#fff;font-size:13px;line-height:22px}
.panel{position:absolute;right:0;bottom:72px;display:flex;flex-direction:column;width:380px;height:min(600px,calc(100dvh - 104px));border:1px solid var(--line);border-radius:14px;background:var(--back);box-shadow:0 8px 30px #0005;overflow:hidden}
header{display:flex;align-items:flex-start;gap:8px;padding:12px 8px 12px 16px;background:var(--accent);color:var(--on-accent)}
header div{flex:1}
h2{margin:0;font-size:17px;line-height:1.3}
header p{margin:2px 0 0;font-size:14px}
.bare{display:inline-flex;align-items:center;justify-content:center;min-width:44px;min-height:44px;padding:0;border:0;border-radius:8px;background:none;color:inherit}
header :focus-visible{outline-color:var(--on-accent);outline-offset:-3px}
.log{flex:1;overflow-y:auto;padding:12px;overscroll-behavior:contain;display:flex;flex-direction:column;gap:8px}
.log>:first-child{margin-top:auto}
.line{max-width:85%;align-self:flex-start}
.line.own{align-self:flex-end;text-align:right}
.body{display:inline-block;max-width:100%;padding:8px 12px;border-radius:14px;background:var(--theirs);text-align:left;overflow-wrap:anywhere}
.own .body{background:var(--accent);color:var(--on-accent)}
.auto .body{background:none;border:1px solid var(--line)}
.who,.state,.hint{color:var(--soft);font-size:13px}
.done{display:none}
.own:not(:has(~.own)) .done{display:block}
.body p,.body ul,.body ol,.body pre,.body blockquote{margin:0 0 6px}
.body>:last-child{margin-bottom:0}
.body pre{overflow-x:auto;padding:6px;border-radius:6px;background:#0001;font-size:13px}
.body blockquote{padding-left:8px;border-left:3px solid var(--soft)}
.body a{color:inherit}
.files{margin:6px 0 0;padding:0;list-style:none;font-size:14px}
.acts{display:flex;flex-wrap:wrap;gap:6px;margin-top:6px}
.act{min-height:36px;padding:6px 12px;border:1px solid var(--accent);border-radius:18px;background:var(--back);color:var(--accent)}
.act.primary{background:var(--accent);color:var(--on-accent)}
.bad{color:var(--bad)}
.status{min-height:22px;padding:0 16px;color:var(--soft);font-size:13px}
form{display:flex;flex-direction:column;gap:8px;padding:12px;border-top:1px solid var(--line)}
.ask{overflow-y:auto;max-height:70%}
.ask h3{margin:0;font-size:16px}
.field{display:flex;flex-direction:column;gap:4px}
.field label{font-weight:600}
.write{flex-direction:row;flex-wrap:wrap;align-items:flex-end;padding:8px}
textarea,input,select{width:100%;min-height:44px;padding:10px;border:1px solid var(--soft);border-radius:8px;background:var(--back)}
.write textarea{flex:1;min-width:0;max-height:140px;resize:none}
.picked{width:100%;display:flex;flex-wrap:wrap;gap:6px}
.drop{position:absolute;inset:0;display:flex;align-items:center;justify-content:center;border:3px dashed var(--accent);border-radius:14px;background:var(--back);font-size:17px}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (max-width:480px){.panel{position:fixed;inset:0;width:100%;height:100dvh;border:0;border-radius:0}.open[aria-expanded=true]{display:none}}
@media (prefers-reduced-motion:no-preference){.panel{animation:up .15s ease-out}@keyframes up{from{transform:translateY(8px);opacity:0}}}
@media (forced-colors:active){.open,.body,.act{border:1px solid}}
`;
