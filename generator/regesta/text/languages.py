"""Languages as sources write them, as BCP 47: `eng` and `English` are `en`, `en_US` and babel's `american` are `en-US`.

The codes are those of ISO 639-1 and 639-2 for single languages, the names the English ones, many of the languages' own,
and those that LaTeX uses.
"""

from __future__ import annotations

import re
from functools import cache

from regesta.text.strings import ascii_letters

#: The code of a language, its other codes, and its names.
_LANGUAGES = """
aa aar: afar; ab abk: abkhazian; ae ave: avestan; af afr: afrikaans; ak aka: akan; am amh: amharic; an arg: aragonese; ar ara: arabic,
العربية; as asm: assamese; av ava: avaric; ay aym: aymara; az aze: azerbaijani; ba bak: bashkir; be bel: belarusian, belorussian; bg
bul: bulgarian, български; bi bis: bislama; bm bam: bambara; bn ben: bengali, bangla; bo bod tib: tibetan; br bre: breton; bs bos:
bosnian; ca cat: catalan, valencian, català; ce che: chechen; ch cha: chamorro; co cos: corsican; cr cre: cree; cs ces cze: czech,
čeština; cu chu: church slavic, old church slavonic; cv chv: chuvash; cy cym wel: welsh; da dan: danish, dansk; de deu ger: german,
deutsch, germanb, ngerman; dv div: divehi, maldivian; dz dzo: dzongkha; ee ewe: ewe; el ell gre: greek, ελληνικά, polutonikogreek; en
eng: english; eo epo: esperanto; es spa: spanish, castilian, español, castellano; et est: estonian, eesti; eu eus baq: basque, euskara;
fa fas per: persian, farsi, فارسی; ff ful: fulah; fi fin: finnish, suomi; fj fij: fijian; fo fao: faroese; fr fra fre: french, français,
frenchb, francais; fy fry: frisian, western frisian; ga gle: irish, gaeilge; gd gla: scottish gaelic, gaelic; gl glg: galician, galego;
gn grn: guarani; gu guj: gujarati; gv glv: manx; ha hau: hausa; he heb: hebrew, עברית; hi hin: hindi, हिन्दी; ho hmo: hiri motu; hr hrv:
croatian, hrvatski; ht hat: haitian, haitian creole; hu hun: hungarian, magyar; hy hye arm: armenian, հայերեն; hz her: herero; ia ina:
interlingua; id ind: indonesian, bahasa indonesia, bahasai, bahasa, indon; ie ile: interlingue; ig ibo: igbo; ii iii: sichuan yi; ik
ipk: inupiaq; io ido: ido; is isl ice: icelandic, íslenska; it ita: italian, italiano; iu iku: inuktitut; ja jpn: japanese, 日本語; jv jav:
javanese; ka kat geo: georgian, ქართული; kg kon: kongo; ki kik: kikuyu; kj kua: kuanyama; kk kaz: kazakh, қазақ; kl kal: kalaallisut,
greenlandic; km khm: khmer, central khmer; kn kan: kannada; ko kor: korean, 한국어; kr kau: kanuri; ks kas: kashmiri; ku kur: kurdish; kv
kom: komi; kw cor: cornish; ky kir: kyrgyz, kirghiz; la lat: latin, latina, classiclatin, medievallatin; lb ltz: luxembourgish,
luxemburgish; lg lug: ganda; li lim: limburgish, limburgan; ln lin: lingala; lo lao: lao; lt lit: lithuanian, lietuvių; lu lub:
luba-katanga; lv lav: latvian, latviešu; mg mlg: malagasy; mh mah: marshallese; mi mri mao: māori, maori; mk mkd mac: macedonian,
македонски; ml mal: malayalam; mn mon: mongolian; mr mar: marathi; ms msa may: malay, bahasa melayu, bahasam, melayu; mt mlt: maltese;
my mya bur: burmese; na nau: nauru; nb nob: norwegian bokmål, bokmål; nd nde: north ndebele; ne nep: nepali; ng ndo: ndonga; nl nld dut:
dutch, flemish, nederlands; nn nno: norwegian nynorsk, nynorsk; no nor: norwegian, norsk; nr nbl: south ndebele; nv nav: navajo; ny nya:
chichewa, nyanja; oc oci: occitan; oj oji: ojibwa; om orm: oromo; or ori: odia, oriya; os oss: ossetian, ossetic; pa pan: punjabi,
panjabi; pi pli: pali; pl pol: polish, polski; ps pus: pashto, pushto; pt por: portuguese, português, portuges; qu que: quechua; rm roh:
romansh, rumantsch; rn run: rundi; ro ron rum: romanian, moldavian, română; ru rus: russian, русский, russianb; rw kin: kinyarwanda; sa
san: sanskrit; sc srd: sardinian; sd snd: sindhi; se sme: northern sami; sg sag: sango; sh hbs: serbo-croatian; si sin: sinhala,
sinhalese; sk slk slo: slovak, slovenčina; sl slv: slovenian, slovenščina; sm smo: samoan; sn sna: shona; so som: somali; sq sqi alb:
albanian, shqip; sr srp: serbian, српски, srpski, serbianc; ss ssw: swati, swazi; st sot: southern sotho, sesotho; su sun: sundanese; sv
swe: swedish, svenska; sw swa: swahili; ta tam: tamil; te tel: telugu; tg tgk: tajik; th tha: thai, ไทย; ti tir: tigrinya; tk tuk:
turkmen; tl tgl: tagalog; tn tsn: tswana; to ton: tonga; tr tur: turkish, türkçe; ts tso: tsonga; tt tat: tatar; tw twi: twi; ty tah:
tahitian; ug uig: uyghur, uighur; uk ukr: ukrainian, українська; ur urd: urdu; uz uzb: uzbek; ve ven: venda; vi vie: vietnamese, tiếng
việt; vo vol: volapük; wa wln: walloon; wo wol: wolof; xh xho: xhosa; yi yid: yiddish; yo yor: yoruba; za zha: zhuang; zh zho chi cmn:
chinese, 中文, mandarin; zu zul: zulu
"""
#: Codes of languages that have none of two letters.
_OTHERS = """
ace ach ada ady afh ain akk ale alt ang anp arc arn arp arw ast awa bal ban bas bej bem bho bik bin bla bra bua bug byn cad car ceb chb
chg chk chm chn cho chp chr chy cnr cop crh csb dak dar del den dgr din doi dsb dua dum dyu efi egy eka elx enm ewo fan fat fil fon frm
fro frr frs fur gaa gay gba gez gil gmh goh gon gor got grb grc gsw gwi hai haw hil hit hmn hsb hup iba ilo inh jbo jpr jrb kaa kab kac
kam kaw kbd kha kho kmb kok kos kpe krc krl kru kum kut lad lah lam lez lol loz lua lui lun luo lus mad mag mai mak man mas mdf mdr men
mga mic min mnc mni moh mos mus mwl mwr myv nap nds new nia niu nog non nqo nso nwc nym nyn nyo nzi osa ota pag pal pam pap pau peo phn
pon pro raj rap rar rom rup sad sah sam sas sat scn sco sel sga shn sid sma smj smn sms snk sog srn srr suk sus sux syc syr tem ter tet
tig tiv tkl tlh tli tmh tog tpi tsi tum tvl tyv udm uga umb vai vot wal war was xal yao yap zap zbl zen zgh zun zza
"""
#: Names that say more than the language.
_VARIETIES = {
    "american": "en-US", "usenglish": "en-US", "american english": "en-US", "english (united states)": "en-US", "british": "en-GB",
    "ukenglish": "en-GB", "british english": "en-GB", "english (united kingdom)": "en-GB", "australian": "en-AU", "canadian": "en-CA",
    "newzealand": "en-NZ", "austrian": "de-AT", "naustrian": "de-AT", "swissgerman": "de-CH", "nswissgerman": "de-CH", "brazil": "pt-BR",
    "brazilian": "pt-BR", "brazilian portuguese": "pt-BR", "portuguese (brazil)": "pt-BR", "mexican": "es-MX", "canadien": "fr-CA",
    "acadian": "fr-CA", "simplified chinese": "zh-Hans", "chinese (simplified)": "zh-Hans", "traditional chinese": "zh-Hant",
    "chinese (traditional)": "zh-Hant", "lowersorbian": "dsb", "uppersorbian": "hsb",
}  # fmt: skip
#: Languages that are usually written from right to left, and the scripts that are (ISO 15924), as CLDR has them.
_RIGHT_TO_LEFT = frozenset(
    "ar arc ary arz azb bal ckb dv fa glk he ks lrc mzn nqo pnb ps sd sdh syr ug ur yi".split()
)
_RIGHT_TO_LEFT_SCRIPTS = frozenset("adlm arab hebr mand nkoo rohg samr syrc thaa".split())
_TAG = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|\d{3}))?((?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*)")
_SCRIPT = 4  # letters of a script's code
_BETWEEN, _BRACKETS = re.compile(r"[;,|/&]|\band\b"), re.compile(r"\s*\([^()]*\)$")


def language_of(text: str) -> str:
    """Return the language that a text names, as BCP 47; "" if it names none, one that is not known, or several.

    Several names of one language are one: `Spanish; Castilian`. The last part of an address counts
    (`http://id.loc.gov/vocabulary/languages/eng`).
    """
    name = (text.rpartition("/")[2] if "://" in text else text).strip().lower()
    if found := _language(name):
        return found
    parts = {_language(part.strip()) for part in _BETWEEN.split(name)}
    return parts.pop() if len(parts) == 1 else ""


def is_right_to_left(tag: str) -> bool:
    """Tell whether a language (BCP 47) is written from right to left: `ar` and `pa-Arab` are, `ku-Latn` is not."""
    language, *others = tag.lower().split("-")
    scripts = [part for part in others[:2] if len(part) == _SCRIPT and part.isalpha()]
    return scripts[0] in _RIGHT_TO_LEFT_SCRIPTS if scripts else language in _RIGHT_TO_LEFT


def _language(name: str) -> str:
    tag, codes = _TAG.fullmatch(name.replace("_", "-")), _codes()
    if tag and tag[1] in codes:
        _, script, region, variants = tag.groups("")
        return "-".join(filter(None, (codes[tag[1]], script.title(), region.upper()))) + variants
    plain, names = ascii_letters(name), _names()
    return names.get(plain) or names.get(_BRACKETS.sub("", plain).removeprefix("lang"), "")


@cache
def _codes() -> dict[str, str]:
    """Return the shortest code of each language, by all its codes."""
    return {code: codes[0] for codes, _ in _entries() for code in codes} | {
        code: code for code in _OTHERS.split()
    }


@cache
def _names() -> dict[str, str]:
    named = {ascii_letters(name): codes[0] for codes, names in _entries() for name in names}
    return named | _VARIETIES


def _entries() -> list[tuple[list[str], list[str]]]:
    """Return the codes and the names of each language."""
    entries = []
    for entry in " ".join(_LANGUAGES.split()).split("; "):
        codes, _, names = entry.partition(": ")
        entries.append((codes.split(), names.split(", ")))
    return entries
