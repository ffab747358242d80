# ruff: noqa: E501 - sentences are wrapped by sense
"""What the articles of the demo world say beyond their deck, by desk. Written for the demo; nothing in it happened."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prose:
    """What a desk has to say about any of its stories."""

    context: tuple[str, ...]
    """Paragraphs, of which an article takes some."""
    points: tuple[str, ...]
    """What to watch, one line each."""
    quote: str
    speaker: str
    coins: tuple[str, ...]
    """CoinGecko ids of the coins in its table of prices."""


PROSE: dict[str, Prose] = {
    "mining": Prose(
        context=(
            (
                "A miner's day is a simple sum. What a *petahash* earns depends on the price of a coin, the fees in a block "
                "and how many machines share the reward; what it costs depends on the **price of power**. When the first "
                "sum falls below the second for long enough, machines go dark, and two weeks later the difficulty follows."
            ),
            (
                "Large sites have begun to sell flexibility along with hashes. A hall that can shed fifty megawatts within "
                "seconds is worth something to a grid that is short on cold mornings, and the payment for standing still "
                "sometimes exceeds what the same hour of work would have earned."
            ),
            (
                "Pools publish how many blocks they find, and the count of a week says more than any survey. It is a noisy "
                "measure all the same: luck alone moves a share of ten percent by a point in either direction."
            ),
            (
                "The next machines need about fifteen joules for a terahash, half of what the generation before last used. "
                "Whoever still runs the old ones does so because the power is nearly free or because nobody will buy them."
            ),
        ),
        points=(
            "the direction of the next retarget, some two thousand blocks after the last one",
            "whether fees stay below two satoshis for a virtual byte",
            "what hosting contracts cost for the second half of the year",
        ),
        quote="We do not guess the price. We guess the weather, and the weather pays us twice.",
        speaker="the manager of an imaginary site",
        coins=("bitcoin", "bitcoin-cash", "litecoin"),
    ),
    "bitcoin": Prose(
        context=(
            (
                "Trading was calm by the standards of the past quarter. Order books are *thin* at weekends and between the "
                "sessions of Asia and Europe, so that a modest order moves the price further than its size would suggest."
            ),
            (
                "Funds that hold the coin for investors publish their flows with a day's delay. They are a look into the "
                "**mirror**, not through the windscreen: money follows the price at least as often as it leads it."
            ),
            (
                "On the chain itself little has changed. Blocks come every ten minutes or so, most of them with room to "
                "spare, and a payment without any hurry confirms for a few cents."
            ),
            (
                "Those who run nodes care about other things: how long a new one takes to catch up, how much disk it wants "
                "and which versions its peers run. None of it shows in the price, and all of it is why there is one."
            ),
        ),
        points=(
            "flows of the spot funds, which are published in the evening",
            "open interest around the round numbers",
            "the median fee of the next hundred blocks",
        ),
        quote="Nobody rings a bell at the top, and nobody sends an invoice at the bottom.",
        speaker="a trader who does not exist",
        coins=("bitcoin", "ethereum", "tether"),
    ),
    "ethereum": Prose(
        context=(
            (
                "Client teams met this week to compare notes. An upgrade runs on test networks first, is watched for three "
                "weeks without trouble and only then gets a *date* on the main network."
            ),
            (
                "Most transfers have moved to networks that settle on Ethereum and post their data in blobs. The main chain "
                "earns less from each of them and carries many more, a trade that its developers made with open eyes."
            ),
            (
                "Staking pays about three percent a year. The queue to enter grows when that looks good beside a savings "
                "account, and the queue to leave grows when it does not; **both are short** by the standards of the past."
            ),
            (
                "Having several clients is dull insurance. If one of them has a fault, the others carry on, as long as none "
                "of them runs on more than a third of all validators."
            ),
        ),
        points=(
            "the share of the largest client among validators",
            "how full blobs are on a working day",
            "the length of the queue to enter staking",
        ),
        quote="The best upgrade is one that nobody notices on the day.",
        speaker="a developer invented for this page",
        coins=("ethereum", "staked-ether", "arbitrum"),
    ),
    "xrp": Prose(
        context=(
            (
                "The ledger closes every three to five seconds, and changes to it need four fifths of the validators for two "
                "weeks. That makes votes *slow to watch* and hard to undo."
            ),
            (
                "Payment firms use the token as a bridge between two currencies for a few seconds at a time. What they hold "
                "overnight is small, so that a busy corridor says little about demand for the coin."
            ),
            (
                "The stablecoin of the same company has grown on two chains at once. **Most of it** lies where the "
                "exchanges are, not where the payments are."
            ),
        ),
        points=(
            "the votes of the validators on the lending amendment",
            "volume in the euro corridor at the end of the month",
            "the supply of the stablecoin on each chain",
        ),
        quote="A corridor is busy or it is not. The rest is commentary.",
        speaker="a treasurer in a made-up company",
        coins=("ripple", "ripple-usd", "stellar"),
    ),
    "altcoins": Prose(
        context=(
            (
                "Smaller coins move with the largest one on most days and *more* than it on the rest. A day's change says "
                "less about the project than about how few orders stood in the way."
            ),
            (
                "Developers point to other numbers: nodes that answer, releases that ship, fees that users were willing to "
                "pay. These change slowly and make poor headlines."
            ),
            (
                "Market makers have cut the sums that they leave in the books of the smaller exchanges. **Spreads** are "
                "wider than a year ago, and prices on two venues drift further apart before somebody closes the gap."
            ),
        ),
        points=(
            "the ratio to Bitcoin over a month",
            "how much of the volume comes from a single exchange",
            "unlocks of tokens in the coming weeks",
        ),
        quote="It is a good network on the days when nobody asks about the price.",
        speaker="a volunteer who was made up for the demo",
        coins=("solana", "cardano", "dogecoin", "hedera-hashgraph"),
    ),
    "nft": Prose(
        context=(
            (
                "Counting sales in dollars flatters a quiet market, since a single lot can outweigh a thousand small ones. "
                "The number of *different buyers* is the sober measure, and it has hardly moved."
            ),
            (
                "Marketplaces paid for volume for two years, and got what they paid for: the same pieces, sold in circles. "
                "Without the payments the charts look worse and mean **more**."
            ),
            (
                "What remains is a set of uses that need no boom: tickets, memberships, proofs of attendance. They trade "
                "seldom, which is rather the point."
            ),
        ),
        points=("buyers who are new this month", "floor prices in coins rather than in dollars", "royalties paid"),
        quote="I bought the picture. The chart came with it, and I would give the chart back.",
        speaker="a collector from nowhere",
        coins=("apecoin", "pudgy-penguins", "immutable-x"),
    ),
    "blockchain": Prose(
        context=(
            (
                "Pilots of this kind tend to keep two books for a year: the old one, which counts, and the new one, which is "
                "compared with it every night. *The comparison* is what the project is for."
            ),
            (
                "A shared ledger helps where several parties keep the same record and none trusts another's copy. Where one "
                "office keeps the record anyway, a database does the same for less."
            ),
            (
                "Auditors ask who may change the rules, who holds the keys and what happens when a key is lost. The third "
                "question has the **longest** answers."
            ),
        ),
        points=("whether the old record is ever switched off", "who pays for the nodes", "how a lost key is replaced"),
        quote="The ledger was the easy part. Agreeing on a date format took the spring.",
        speaker="a project lead without a project",
        coins=("chainlink", "quant-network", "ethereum"),
    ),
    "web3": Prose(
        context=(
            (
                "Signing in with a wallet used to mean twelve words on a sheet of paper. Phones can now keep the key "
                "themselves and let *friends* help to restore it, which is how people expect a door to work."
            ),
            (
                "Games that led with a token have learned that players leave when the token falls. The ones that are left "
                "lead with the game, and some of them do without the token."
            ),
            (
                "Votes suffer from the same malady as club meetings: **few come**. Elected stewards are an old answer, and "
                "so far nobody has found a better one."
            ),
        ),
        points=("accounts that come back after a month", "turnout of the next vote", "how many names are renewed"),
        quote="Our users do not know that there is a chain. We consider that a feature.",
        speaker="a founder who was never born",
        coins=("the-sandbox", "decentraland", "gala"),
    ),
    "defi": Prose(
        context=(
            (
                "Deposits are counted in dollars, so that they rise when coins do. Measured in *coins*, the line is nearly "
                "flat, which is good news for anyone who feared that depositors would leave."
            ),
            (
                "Every yield has a source: traders who pay fees, borrowers who pay interest, or a project that pays in its "
                "own token. Only the **first two** can last."
            ),
            (
                "Lending pools live by their price feeds. A feed that is late by minutes is harmless on a quiet day and "
                "costly on any other, and most pools now stop borrowing when the feeds disagree."
            ),
            (
                "Stablecoins are where most of the money rests. Their distance from a dollar is measured in basis points, "
                "and the market notices from about ten onwards."
            ),
        ),
        points=("deposits measured in coins", "what borrowers pay for dollars", "the age of the oldest price feed"),
        quote="If you cannot see who pays the yield, check whether it is you.",
        speaker="a risk officer in a story",
        coins=("uniswap", "aave", "lido-dao", "tether"),
    ),
    "finance": Prose(
        context=(
            (
                "The figures were close to what economists had expected, and markets treat an expected figure as *no news*. "
                "Yields moved by a hundredth, shares by a little more, coins hardly at all."
            ),
            (
                "Rules for issuers are taking shape on both sides of the Atlantic. Reserves in short papers, a report every "
                "month and a way to redeem at par are in **all** of the drafts."
            ),
            (
                "Banks that used to send their clients elsewhere now keep coins for them. The service is plain, the forms "
                "are long and the fees are those of a safe."
            ),
        ),
        points=("the minutes of the central bank", "yields of two-year papers", "who is allowed to issue, and where"),
        quote="Half of our meetings are about definitions. The other half move to next week.",
        speaker="an official of no agency",
        coins=("bitcoin", "usd-coin", "tether"),
    ),
    "stocks": Prose(
        context=(
            (
                "Shares of companies that hold coins are, in good part, coins with *office rent*. Their premium over what "
                "they own opens in good months and closes in bad ones."
            ),
            (
                "Firms that mine have split into two groups: those that let halls to machines for artificial intelligence, "
                "and those that do not. The market has **paid** for the first and waited for the second."
            ),
            (
                "Earnings begin in two weeks. Analysts will look at how much power each firm has under contract rather than "
                "how many coins it found."
            ),
        ),
        points=(
            "the premium over the coins held",
            "power under contract, in megawatts",
            "new shares sold in the quarter",
        ),
        quote="We used to model the halving. Now we model the substation.",
        speaker="an analyst drawn up for the demo",
        coins=("bitcoin", "ethereum", "solana"),
    ),
    "company": Prose(
        context=(
            (
                "The company gave no figures beyond those in its notice. People who know the business say that the terms are "
                "in line with those of *similar* deals, of which there have been many this year."
            ),
            (
                "Consolidation has a plain reason: licences are expensive, and two firms need only one of each. **Clients** "
                "rarely notice more than a new logo in the letterhead."
            ),
            "Staff were told on the same day. A spokesperson said that the plans for the year have not changed.",
        ),
        points=("approval by the supervisors", "what becomes of the second brand", "the report for the quarter"),
        quote="We looked for synergies and found colleagues.",
        speaker="a chief executive of no company",
        coins=("bitcoin", "binancecoin", "usd-coin"),
    ),
}
"""What each desk of ``demo_outlets.DESKS`` has to say."""
