"""What people call the currencies that prices can be asked in."""

CURRENCY_NAMES: dict[str, str] = {
    "usd": "US dollar",
    "eur": "Euro",
    "gbp": "British pound sterling",
    "jpy": "Japanese yen",
    "aed": "UAE dirham",
    "ars": "Argentine peso",
    "aud": "Australian dollar",
    "bch": "Bitcoin Cash",
    "bdt": "Bangladeshi taka",
    "bhd": "Bahraini dinar",
    "bits": "Bits, millionths of a bitcoin",
    "bmd": "Bermudian dollar",
    "bnb": "BNB",
    "brl": "Brazilian real",
    "btc": "Bitcoin",
    "cad": "Canadian dollar",
    "chf": "Swiss franc",
    "clp": "Chilean peso",
    "cny": "Chinese yuan renminbi",
    "czk": "Czech koruna",
    "dkk": "Danish krone",
    "dot": "Polkadot",
    "eos": "EOS",
    "eth": "Ether, Ethereum",
    "gel": "Georgian lari",
    "hkd": "Hong Kong dollar",
    "huf": "Hungarian forint",
    "idr": "Indonesian rupiah",
    "ils": "Israeli new shekel",
    "inr": "Indian rupee",
    "krw": "South Korean won",
    "kwd": "Kuwaiti dinar",
    "link": "Chainlink",
    "lkr": "Sri Lankan rupee",
    "ltc": "Litecoin",
    "mmk": "Burmese kyat",
    "mxn": "Mexican peso",
    "myr": "Malaysian ringgit",
    "ngn": "Nigerian naira",
    "nok": "Norwegian krone",
    "nzd": "New Zealand dollar",
    "php": "Philippine peso",
    "pkr": "Pakistani rupee",
    "pln": "Polish zloty",
    "rub": "Russian ruble",
    "sar": "Saudi riyal",
    "sats": "Satoshis, hundred-millionths of a bitcoin",
    "sek": "Swedish krona",
    "sgd": "Singapore dollar",
    "sol": "Solana",
    "thb": "Thai baht",
    "try": "Turkish lira",
    "twd": "New Taiwan dollar",
    "uah": "Ukrainian hryvnia",
    "vef": "Venezuelan bolívar fuerte",
    "vnd": "Vietnamese dong",
    "xag": "Silver, troy ounce",
    "xau": "Gold, troy ounce",
    "xdr": "IMF special drawing rights",
    "xlm": "Stellar lumens",
    "xrp": "XRP",
    "yfi": "yearn.finance",
    "zar": "South African rand",
}
"""Code, lower case → name in English; one for each of ``domain.market.CURRENCIES``."""


def currencies_called(text: str, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the codes that a few letters may mean: the code itself, its beginning, a word of the name.

    All of them, in the given order, for empty text; within each kind the given order stays.
    """
    wanted = text.strip().lower()
    kinds = [_kind(code, wanted) for code in codes]
    return tuple(code for kind in range(4) for code, own in zip(codes, kinds, strict=True) if own == kind)


def _kind(code: str, wanted: str) -> int | None:
    name = CURRENCY_NAMES.get(code, "").lower()
    if not wanted or code == wanted:
        return 0
    if code.startswith(wanted):
        return 1
    if f" {name}".find(f" {wanted}") >= 0:
        return 2
    return 3 if wanted in name else None
