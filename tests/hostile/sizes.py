"""Papers that are too much: too long, too many, or such that careless programs take quadratic time or worse."""

from collections.abc import Iterator
from pathlib import Path

from hostile.case import Case, complained_of, quoted, refused, rendered, text_of

MILLION = 1_000_000
#: How long the abstracts are: about as long as they may be, or short enough for a quick look.
LONG, SHORT = 48_000, 500

#: What an abstract is made of, over and over: runs that Markdown, mathematics or a search for addresses must look at closely.
RUNS = (
    "[", "]", "(", "*", "_", "`", "$", ">", "<", "&", "!", "\\", "~", "#", "|", "{", "}", "^", '"', "'", "=", "-", "+", ":", "/", "@", ".", "a",
    "[]", "[](", "[a](", "[a](b", "![", "[![", "![a](", "[a][", "[a]: ", "\n[a]: b", "](", "[x](<", '[x](y "', "*a", "*a ", "a*", "**a ", "*a**", "*_", "_*a_", "a*b_", "***",
    "`a", "`a ", "``a`", "> ", ">\n", "\n> a", "> - ", "- ", "* ", "1. ", "- 1. ", "\n- a", "\n\n- a", "\n   - a\n", "\n    a", "\n\ta", "# ", "\n# a", "\na\n=", "\na\n-", "\n---\n",
    "```\n", "\n~~~", "\n```a\n", "a|b\n-|-\n", "|a|b|c|\n", "<a", "<a ", "<a b='", "<!--", "<?", "<![CDATA[", "<!A", "</a>", "<http://", "<http://a>", "<a@b.c>", "<a:", "<mailto:",
    "http://", "https://a.b/", "https://a.b/ ", "https://a.b/)", "https://a.b/{https://a.b/}", "www.", "github.com/a/b ", "a.github.io/", "github.com/", "-a@", "&#", "&#x", "&#1;", "&amp;", "&amp", "&a;",
    "$$", "$a", "$a$", "$a$ ", "$ a ", "$$a$$ ", "$$a", "\\$", "\\(", "\\[", "$\\", "\\\\", "\\a", "\\'", "``", "''", "--", "~a", "\n", " ", "\t", " \n", "  \n", "\\\n", "a ", "a\n", "a\n\n", "A. ", "a. A",
    "\u0301", "\u0301\u0323", "a\u0301", "\u200d", "\u200b", "\u3000", "\u2028", "é", "字", "🙂", "ﷺ", "\U000e0041", "İ", "ß", "\u1112\u1161",
)  # fmt: skip


def cases(length: int) -> Iterator[Case]:
    """Each of them in a paper of its own; abstracts are of about that length where that alone is the point."""
    for number, piece in enumerate(RUNS):
        yield rendered(
            f"run-{number:03}", text_of("x " + piece * (length // len(piece)), "added: 2025-06-04\n")
        )
    yield from _refused_texts()
    yield from _long_texts(length)
    yield from _lists(length)
    yield from _formulas(length)
    yield Case(
        "many-short-files",
        {
            f"content/papers/short/s{number}.md": b"---\ntitle: x\n---\n"
            for number in range(max(length // 20, 150))
        },
    )
    yield Case(
        "many-broken-files",
        {f"content/papers/broken/b{number}.md": b"-" for number in range(150)},
        "content/papers/broken/b149.md:1: ",
        status=1,
    )


def _refused_texts() -> Iterator[Case]:
    yield refused("title-10-megabytes", 0, text_of(title="word " * (2 * MILLION)), "is larger than")
    yield refused("abstract-10-megabytes", 0, text_of("word " * (2 * MILLION)), "is larger than")
    yield refused(
        "front-matter-10-megabytes", 0, text_of(head=f"evil: [{'x, ' * (3 * MILLION)}]\n"), "is larger than"
    )
    yield complained_of("file-100-gigabytes", {"content/papers/sparse.md": _sparse}, 0, "is larger than")
    yield refused(
        "addresses-5000",
        4,
        text_of(" ".join(f"https://a.example/{number}" for number in range(5000))),
        "has an abstract of more than",
    )
    for number, piece in enumerate(("[", "*", "_", "`", "$", "> ", "- ", "|a|b|\n")):
        yield refused(
            f"run-too-long-{number}", 4, text_of("x " + piece * 100_000), "has an abstract of more than"
        )
    yield refused("title-too-long", 2, text_of(title="word " * 400), "`title` cannot be read")
    yield refused("title-one-word-too-long", 2, text_of(title="x" * 50_000), "`title` cannot be read")
    yield refused(
        "name-too-long", 3, text_of(head=f"authors: [{'x' * 50_000}]\n"), "`authors` cannot be read"
    )
    yield refused("venue-too-long", 3, text_of(head=f"venue: {'x ' * 50_000}\n"), "`venue` cannot be read")
    yield refused(
        "date-too-long",
        3,
        text_of(head=f"published: {'2025-06-02' * 50_000}\n"),
        "`published` cannot be read",
    )
    yield refused(
        "address-too-long",
        3,
        text_of(head=f"links: {{code: 'https://a.example/{'x' * 50_000}'}}\n"),
        "`links.code` cannot be read",
    )
    yield refused("note-too-long", 3, text_of(head=f"note: {'word ' * 50_000}\n"), "`note` cannot be read")
    yield refused("abstract-too-long", 4, text_of("word " * 12_000), "has an abstract of more than")
    yield refused(
        "abstract-a-megabyte-without-blanks",
        4,
        text_of("x" * (MILLION - 100)),
        "has an abstract of more than",
    )


def _long_texts(length: int) -> Iterator[Case]:
    yield rendered("title-long", text_of(title="word " * 190))
    yield rendered("title-one-word", text_of(title="x" * 900))
    yield rendered(
        "abstract-long", text_of("This sentence is said again. " * (length // 30), "added: 2025-06-04\n")
    )
    yield rendered("abstract-without-blanks", text_of("x" * length))
    yield rendered(
        "abstract-of-distinct-words", text_of(" ".join(f"w{number}ord" for number in range(length // 10)))
    )
    yield rendered("extra-long", text_of(head=f"evil: {'x' * 900_000}\n"))


def _lists(length: int) -> Iterator[Case]:
    def names(count: int, letter: str = "n") -> str:
        return ", ".join(f"{letter}{number}" for number in range(count))

    for key in ("tags", "collections", "aliases"):
        yield refused(f"{key}-1001", 3, text_of(head=f"{key}: [{names(1001)}]\n"), f"`{key}` cannot be read")
        yield refused(
            f"{key}-100000", 3, text_of(head=f"{key}: [{names(100_000)}]\n"), f"`{key}` cannot be read"
        )
        yield rendered(f"{key}-many", text_of(head=f"{key}: [{names(min(1000, length // 30), key[0])}]\n"))
    yield refused("tags-repeated", 3, text_of(head=f"tags: [{'a, ' * 20_000}a]\n"), "`tags` cannot be read")
    yield rendered("tags-twice", text_of(head="tags: [a, b, a, a, b]\n"))
    yield rendered(
        "authors-500", text_of(head=f"authors: [{', '.join(f'Person {number}' for number in range(500))}]\n")
    )
    yield refused(
        "authors-100000", 3, text_of(head=f"authors: [{names(100_000)}]\n"), "`authors` cannot be read"
    )
    many = ", ".join(f"l{number}: 'https://a.example/{number}'" for number in range(5000))
    yield refused("links-5000", 3, text_of(head=f"links: {{{many}}}\n"), "`links` cannot be read")
    origins = "{file: a, line: 1}, " * (length // 5)
    yield rendered("origins-many", text_of(head=f"origin: [{origins}]\n"))
    yield refused(
        "everything-wrong",
        27,
        text_of(head="".join(f"{key}: [[]]\n" for key in _KEYS) + f"evil: [{'x, ' * 200_000}]\n"),
        "`origin` cannot be read",
    )
    addresses = " ".join(f"https://a.example/{number}" for number in range(length // 27))
    yield rendered("addresses", text_of(addresses))
    yield rendered(
        "addresses-in-brackets",
        text_of(" ".join(f"<https://a.example/{number}>" for number in range(length // 29))),
    )


_KEYS = (
    "id authors authors_count organization venue published featured updated inferred added status tags collections session pages award links "
    "comments upvotes citekey license aliases note lock origin"
).split()


def _formulas(length: int) -> Iterator[Case]:
    yield rendered(
        "formulas-distinct", text_of(" ".join(f"$x_{{{number}}}$" for number in range(length // 12)))
    )
    yield rendered(
        "formulas-long",
        text_of("\n\n".join(f"${number}{'x_i^2+' * 330}y$" for number in range(length // 2000))),
    )
    yield rendered(
        "formulas-nested",
        text_of(
            "\n\n".join(
                f"$\\frac{{{number}}}{{" + "\\sqrt{" * 200 + "x" + "}" * 201 + "$"
                for number in range(length // 1500)
            )
        ),
    )
    yield rendered("formula-too-long", text_of(f"$x{'+y' * 20_000}$"))
    yield rendered("formulas-in-title", text_of(title=" ".join(f"$x_{number}$" for number in range(100))))
    yield rendered(
        "formulas-in-names",
        text_of(head=f"authors: [{quoted('$x$ ' * 100)}]\nvenue: {quoted('$</script>$')}\n"),
    )


def _sparse(path: Path) -> None:
    """A file that claims to hold a hundred gigabytes and takes no room."""
    with path.open("wb") as file:
        file.truncate(100 * 10**9)
