"""Papers that try to get markup, script or foreign addresses into a page."""

from collections.abc import Iterator

from hostile.case import RUN, Case, quoted, refused, rendered, text_of

#: Markup that would run a script, load something or change the page, if it got into one as it is.
MARKUP = (
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"<ScRiPt>{RUN}</sCrIpT>",
    f"<script\x0c>{RUN}</script>",
    f"<script/x>{RUN}</script/x>",
    f"<scr<script>ipt>{RUN}</scr</script>ipt>",
    "<script src=/canary.js></script>",
    f"<img src=/canary onerror={RUN}>",
    f"<img/src='/canary'/onerror='{RUN}'>",
    f'"><img src=/canary onerror={RUN}>',
    f"'><img src=/canary onerror={RUN}>",
    f"`><img src=/canary onerror={RUN}>",
    f"--><img src=/canary onerror={RUN}>",
    f"]]><img src=/canary onerror={RUN}>",
    f"</title><img src=/canary onerror={RUN}>",
    f"</textarea></style></noscript></template><img src=/canary onerror={RUN}>",
    f"<svg onload={RUN}>",
    f"<svg/onload={RUN}//",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<svg><a xlink:href='javascript:{RUN}'><text y=20>x</text></a></svg>",
    f"<math><a xlink:href='javascript:{RUN}'>x</a></math>",
    f"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=/canary onerror={RUN}&gt;'>",
    f"<iframe src='javascript:{RUN}'></iframe>",
    f"<iframe srcdoc='&lt;script&gt;{RUN}&lt;/script&gt;'></iframe>",
    "<iframe src=/canary></iframe>",
    "<object data=/canary></object>",
    "<embed src=/canary>",
    "<link rel=stylesheet href=/canary.css>",
    "<base href='https://canary.invalid/'>",
    "<meta http-equiv=refresh content='0; url=/canary'>",
    f"<body onload={RUN}>",
    f"<details open ontoggle={RUN}>x</details>",
    f"<input autofocus onfocus={RUN}>",
    f"<video><source onerror={RUN}></video>",
    f"<audio src=/canary onerror={RUN}>",
    f"<form action='javascript:{RUN}'><button>x</button></form>",
    f"<button form=x formaction='javascript:{RUN}'>x</button>",
    f"<a href='javascript:{RUN}'>x</a>",
    f"<a href=/ onmouseover={RUN}>x</a>",
    "<style>@import '/canary.css'; body { display: none }</style>",
    "<style>*{background:url(/canary)}</style>",
    f"<marquee onstart={RUN}>x</marquee>",
    f"<isindex type=image src=/canary onerror={RUN}>",
    f"<xss style='animation-name:x' onanimationstart={RUN}>x</xss>",
    "<template shadowrootmode=open><style>:host{display:none}</style></template>",
    "<plaintext>",
    "<textarea>",
    "<!--",
    "<!-- --!><script>",
    "<![CDATA[",
    "<?xml version='1.0'?><?php system('id') ?>",
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
    "</body></html>",
    "</main></article><h1>Another page</h1>",
    "<x" + " a" * 200 + f" onclick={RUN}",
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"&#60;script&#62;{RUN}&#x3c;/script&#x3e;",
    f"&#x00003Cscript&#x3E{RUN}",
    f"%3Cscript%3E{RUN}%3C/script%3E",
    f"\\u003cscript\\u003e{RUN}\\u003c/script\\u003e",
    f"\\x3cscript\\x3e{RUN}",
    f"+ADw-script+AD4-{RUN}+ADw-/script+AD4-",
    f"＜script＞{RUN}＜/script＞",
    f"\u2028</script\u2029><script>{RUN}",
    f'","x":"</script><script>{RUN}</script>',
    f'\\"}}</script><script>{RUN}</script>',
    f"';{RUN};'",
    f'";{RUN};"',
    f"*/{RUN}/*",
    f"${{{RUN}}}",
    f"#{{{RUN}}}",
    "{{ 7 * 7 }}",
    "{{ config }}{{ site.config.__class__.__mro__ }}",
    "{% include '/etc/passwd' %}",
    "{% for x in range(999999999) %}{{ x }}{% endfor %}",
    "{# nothing #}",
    "{{ ''.__class__.__base__.__subclasses__() }}",
    "{n} {title} {0} {n.__class__} {missing}",
    "%s %n %(x)s %x",
    "$(id) `id` ; id | id && id",
    "../../../../etc/passwd",
    "file:///etc/passwd",
    '=HYPERLINK("/canary","x")',
    "constructor __proto__ toString hasOwnProperty",
    "null undefined NaN true [object Object]",
    "\\r\\nContent-Type: text/html\\r\\n\\r\\n<script>",
)

#: Addresses that lead to script or to somewhere else than the web, in the spellings that filters have missed.
ADDRESSES = (
    f"javascript:{RUN}",
    f"JaVaScRiPt:{RUN}",
    f"javascript&colon;{RUN}",
    f"javascript&#58;{RUN}",
    f"javascript&#x0003A{RUN}",
    f"javascript%3A{RUN}",
    f"java&Tab;script:{RUN}",
    f"java&NewLine;script:{RUN}",
    f"java&#9;script:{RUN}",
    f"java\tscript:{RUN}",
    f"java\x00script:{RUN}",
    f"java\u00adscript:{RUN}",
    f"java\u200bscript:{RUN}",
    f"&#1;javascript:{RUN}",
    f"&#x20;javascript:{RUN}",
    f"&nbsp;javascript:{RUN}",
    f"\\javascript:{RUN}",
    f"javascript\\:{RUN}",
    f"javascript://example.org/%0a{RUN}",
    f"java&#x0a;script&colon;{RUN}",
    f"ｊａｖａｓｃｒｉｐｔ:{RUN}",
    f"jar:javascript:{RUN}",
    f"view-source:javascript:{RUN}",
    f"vbscript:{RUN}",
    "VBScript:MsgBox(1)",
    f"livescript:{RUN}",
    f"mocha:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    "data:text/html;base64,PHNjcmlwdD5yYW4oKTwvc2NyaXB0Pg==",
    f"data:image/svg+xml,<svg/onload={RUN}>",
    "data:image/png;base64,iVBORw0KGgo=",
    "DATA:text/html,x",
    "blob:https://example.org/x",
    "filesystem:https://example.org/x",
    "file:///etc/passwd",
    "about:blank",
    "chrome://settings",
    "ms-msdt:/id PCWDiagnostic",
    "search-ms:query=x",
    "intent://x#Intent;scheme=http;end",
    "x-anything:y",
)

#: Web addresses that mislead or that careless programs stumble over; they are links, and nothing more.
ODD_LINKS = (
    "https://user:password@example.org/",
    "https://example.org@evil.example/",
    "https://example.org:99999/",
    "https://[::1]:8080/x",
    "http://127.0.0.1/admin?delete=all",
    "https://xn--80ak6aa92e.com/",
    "https://аррӏе.com/",
    "https://example.org/" + "a/../" * 40,
    "https://example.org/%00%0d%0aSet-Cookie:x",
    "https://example.org/'onmouseover=ran()",
    "https://example.org/{{7*7}}",
    "https://example.org/?a=1&lt=2&copy=3&amp;b=4",
    "https://example.org/$x$_*y*_[z](w)",
    "https://example.org/" + "x" * 1800,
)

#: Values in the `links` of a front matter that are not web addresses.
NO_LINKS = (
    *ADDRESSES[:2], ADDRESSES[27], ADDRESSES[34],
    "//evil.example/", "/etc/passwd", "../up", "https://", "https:///x", "https://[anonymous]", "https://[::1", "http:example.org",
    "https://example.org/ space", "https://example.org/\u202egnp", "https://example.org/\u0001", "https://exa\u200bmple.org/",
    'https://example.org/"onclick=ran()', "https://example.org/<script>", "https://example.org\\@evil.example/", "ftp://example.org/",
)  # fmt: skip

#: TeX that would smuggle markup, never end, draw over the page, or read files of whoever cites the paper.
TEX = (
    rf"\text{{<svg/onload={RUN}>}}",
    rf"\text{{</math><script>{RUN}</script>}}",
    rf"\text{{&lt;img src=/canary onerror={RUN}&gt;}}",
    rf"\text{{&amp;lt;script&amp;gt;{RUN}}}",
    rf"\mbox{{<img src=/canary onerror={RUN}>}}",
    r"\hbox{a<iframe srcdoc=x>}",
    rf"\verb|<script>{RUN}</script>|",
    r"\operatorname{<b>x</b>}",
    rf"\href{{javascript:{RUN}}}{{x}}",
    r"\href{data:text/html,x}{x}",
    rf"\url{{javascript:{RUN}}}",
    r"\unicode{x3c}script\unicode{x3e}",
    r"\unicode{x202e}abc",
    r"\unicode{x0}\unicode{xd800}\unicode{xfffe}\unicode{x110000}",
    r"\text{&#12;&#x202e;&#xfffe;}",
    r"\style{background:url(/canary)}{x}",
    rf'\style{{x" onmouseover="{RUN}}}{{x}}',
    rf'\class{{x" onclick="{RUN}}}{{x}}',
    r"\cssId{content}{x}",
    r"\data{x=y}{z}",
    r"\require{html}\htmlData{a=b}{c}",
    rf'\color{{red" onclick="{RUN}}}x',
    r"\fcolorbox{red}{url(/canary)}{y}",
    r"\includegraphics{/canary.png}",
    r"\hspace{99999em}x",
    r"\hspace{-99999em}x",
    r"\rule{99999em}{99999em}",
    r"\raise 99999em{x}",
    r"a\above99999em b",
    r"\Space{99999em}{99999em}{99999em}",
    r"\def\a{xx}"
    + "".join(
        rf"\def\{b}{{\{a}\{a}\{a}\{a}\{a}\{a}\{a}\{a}}}"
        for a, b in zip("abcdefghij", "bcdefghijk", strict=True)
    )
    + r"\k",
    r"\newcommand{\x}{\x\x}\x",
    r"\newenvironment{e}{\begin{e}}{\end{e}}\begin{e}\end{e}",
    r"\sideset{}{}" * 100 + "{x}",
    r"\frac" * 300,
    r"\left(" * 300,
    "{" * 900 + "}" * 900,
    r"\sqrt{" * 300 + "x" + "}" * 300,
    "x" + "^{x" * 400 + "}" * 400,
    "x" + "'" * 1500,
    r"\begin{matrix}" * 100,
    "&" * 1900,
    r"\displaystyle\Huge" * 100 + "x",
    r"\input{/etc/passwd}",
    r"\text{a\input{/etc/passwd}}",
    r"\immediate\write18{id}",
    r"\csname input\endcsname{x}",
    "^^5cinput{/etc/passwd}",
    r"\catcode`\%=12",
    "x}",
    "{x",
    "x%",
    "}, evil = {",
    "\\",
    "\\\\",
)


def cases() -> Iterator[Case]:
    """Each trick in every text of a paper, or where it has its chance."""
    for number, trick in enumerate(MARKUP):
        yield rendered(f"markup-{number:02}", _everywhere(trick), heading=trick)
    for number, address in enumerate(ADDRESSES):
        yield rendered(f"address-{number:02}", text_of(_linked(address)))
    for number, address in enumerate(ODD_LINKS):
        yield rendered(
            f"odd-link-{number:02}", text_of(_linked(address), f"links: {{code: {quoted(address)}}}\n")
        )
    for number, address in enumerate(NO_LINKS):
        yield refused(
            f"no-link-{number:02}",
            4,
            text_of(head=f"authors: [A]\nlinks: {{code: {quoted(address)}}}\n"),
            "`links.code` cannot be read: ",
        )
    for number, tex in enumerate(TEX):
        fitting = tex if len(tex) < 900 else "TeX"
        yield rendered(
            f"tex-{number:02}",
            text_of(f"As ${tex}$ and\n\n$${tex}$$\n\nshow.", title=f"On ${fitting}$ once more"),
        )


def _everywhere(text: str) -> str:
    """Return a paper that says one thing in all its texts."""
    own = quoted(text)
    head = f"authors: [{own}, {{name: {own}, given: {own}, family: {own}, id: {own}, orcid: {own}}}]\norganization: {{name: {own}, id: {own}}}\n"
    head += "".join(
        f"{key}: {own}\n" for key in ("venue", "session", "pages", "award", "license", "citekey", "note")
    )
    head += f'added: 2025-06-02\npublished: 2025-06\norigin: [{{file: {own}, line: 3}}]\nanything: {own}\n{own[:-1]} key": {{nested: [{own}]}}\n'
    return text_of(
        f"{text}\n\nInside {text} a sentence.\n\n# {text}\n\n> {text}\n\n```{text}\n{text}\n```\n\n[{text}](/x '{text}')",
        head,
        title=text,
    )


def _linked(address: str) -> str:
    """Return an abstract that links to an address in all of Markdown's ways."""
    return f"[a]({address}) [b](<{address}>) [c]({address} 'title') <{address}> ![d]({address}) [e] [f][e]\n\n[e]: {address}\n[e]: <{address}>"
