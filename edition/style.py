"""How every page of the edition looks: on a screen, a phone and paper, light and dark."""

CSS = """
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);overflow-wrap:break-word;
font:16px/1.5 "Source Sans 3","Noto Sans",system-ui,-apple-system,"Segoe UI",Roboto,
"Noto Sans Arabic","Noto Sans Thai","Noto Sans Khmer",sans-serif}
.page{max-width:68rem;margin:0 auto;padding:1rem 1.25rem 2rem}
a{color:var(--mark)}
:target{background:var(--soft);outline:2px solid var(--mark);outline-offset:2px}
.skip{position:absolute;inset-inline-start:-999rem}.skip:focus{position:static}
.top{background:var(--soft);border-bottom:1px solid var(--line)}
.top .page{padding-top:.6rem;padding-bottom:.6rem}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.1rem .4rem;padding:0;margin:0}
nav a{display:inline-block;padding:.25rem .5rem;border-radius:.4rem}
nav a[aria-current]{background:var(--ground);color:var(--text);font-weight:650;
text-decoration:none}
h1{font-size:1.8rem;line-height:1.2;margin:.6rem 0 .25rem}
h2{font-size:1.2rem;line-height:1.3;margin:1.6rem 0 .4rem}
h3{font-size:1.02rem;line-height:1.35;margin:.9rem 0 .15rem}
p{margin:.3rem 0}
.quiet{color:var(--quiet);font-size:.9rem}
.lead{font-size:1.12rem;border-inline-start:4px solid var(--mark);padding-inline-start:.8rem;
margin:.9rem 0}
.two{display:grid;grid-template-columns:minmax(0,2.1fr) minmax(0,1fr);gap:0 2.2rem}
.card{border:1px solid var(--line);border-radius:.4rem;padding:.7rem 1rem;margin:0 0 1rem}
.card h2{margin:.1rem 0}
.row{display:flex;flex-wrap:wrap;gap:.75rem 1rem;margin:.5rem 0}
.row>div{flex:1 1 11rem;min-width:0}.row>div:first-child{flex-grow:1.4}
.row span,.number{display:block}
.number{font-size:1.5rem;font-weight:650;line-height:1.2;margin:.05rem 0 .2rem}
.number a{color:inherit;text-decoration-color:var(--line)}
.good{color:var(--good)}.odd{color:var(--odd)}
details{border:1px solid var(--line);border-radius:.4rem;padding:.35rem .7rem;margin:.5rem 0}
summary{cursor:pointer;padding:.15rem 0}
ul,ol{margin:.3rem 0;padding-inline-start:1.3rem}li{margin:.25rem 0}
figure{margin:.6rem 0}
svg{display:block;width:100%;height:auto;direction:ltr}
.wide svg{max-width:760px}.narrow svg{max-width:30rem}
.step svg{max-width:24rem}.map svg{max-width:640px}
.wide+.narrow,.dark{display:none}
table{border-collapse:collapse;width:100%;font-size:.93rem}
caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
th,td{text-align:start;vertical-align:top;padding:.4rem .55rem;
border-bottom:1px solid var(--line);min-width:3.2rem;overflow-wrap:anywhere}
td:last-child{min-width:6rem}
thead th{font-size:.85rem;color:var(--quiet);overflow-wrap:normal}
tbody th{font-weight:600}
footer{border-top:1px solid var(--line);margin-top:2rem;padding-top:.6rem}
@media (max-width:50rem){.two{display:block}.wide{display:none}.wide+.narrow{display:block}}
@media (max-width:44rem){h1{font-size:1.5rem}.page{padding-inline:.9rem}
table.stack thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
table.stack,table.stack tbody,table.stack tr{display:block}
table.stack tr{border-bottom:2px solid var(--line);padding:.5rem 0}
table.stack th,table.stack td{display:block;border:0;padding:.12rem 0}
table.stack td[data-label]::before{content:attr(data-label);margin-inline-end:.5rem;
font-size:.85rem;color:var(--quiet)}}
@page{margin:14mm}
@media print{body{font-size:9.5pt;line-height:1.35}.page{max-width:none;padding:0}
nav,.skip,.noprint{display:none}.card,tr,figure,li{break-inside:avoid}
h1,h2,h3{break-after:avoid}h1{font-size:15pt}h2{font-size:11.5pt;margin:.8rem 0 .2rem}
.number{font-size:12pt}a{color:inherit}svg{max-width:15cm}}
"""
LIGHT = (
    "--ground:#fff;--text:#111417;--quiet:#4d5760;--line:#d5dce2;--mark:#0b5c8f;--soft:#f2f5f7;"
    "--good:#0a5c3e;--odd:#8f3d10;"
)
DARK = (
    "--ground:#11161d;--text:#edf1f4;--quiet:#a9b4be;--line:#36424f;--mark:#7cc4ee;--soft:#1a222c;"
    "--good:#6fd3a6;--odd:#f2a477;"
)


def sheet(light: str = "", dark: str = "") -> str:
    """Return the style sheet of a page, with the colours of its drawings in both themes."""
    dark_root = f":root{{{DARK}{dark}}}.light{{display:none}}.dark{{display:block}}"
    return (
        f":root{{color-scheme:light dark;{LIGHT}{light}}}{CSS}"
        f"@media screen and (prefers-color-scheme:dark){{{dark_root}}}"
    )
