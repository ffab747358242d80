# ruff: noqa: E501 - a sentence stands on one line
"""What the demo world's outlets write about: mining, Bitcoin, Ethereum and XRP. Written for the demo; nothing in it happened."""

from cointicker.sources.demo_story import Story

STORIES: tuple[Story, ...] = (
    Story(
        "mining",
        "North America's share of the hashrate slips for a third quarter as power goes to AI tenants and new sites open in Central Asia.",
        "North America loses Bitcoin mining dominance amid AI demand",
        "North America loses Bitcoin mining dominance amid AI power demand",
        "North America loses its Bitcoin mining dominance amid AI demand",
        "North America is losing Bitcoin mining dominance amid AI demand",
        "AI demand: North America loses Bitcoin mining dominance",
    ),
    Story(
        "mining",
        "The network finds blocks a little faster than every ten minutes, so the next adjustment should go up.",
        "Bitcoin mining difficulty seen rising at the next retarget",
        "Bitcoin mining difficulty is seen rising at next retarget",
        "Bitcoin mining difficulty seen rising by next week's retarget",
    ),
    Story(
        "mining",
        "At today's fees a petahash earns less than forty dollars a day, and older machines run at a loss.",
        "Hashprice stays under $40 as fees dry up",
        "Hashprice stays under $40 while transaction fees dry up",
    ),
    Story(
        "mining",
        "Two halls stay idle until the substation is energised in spring.",
        "Riot Platforms moves a hall from mining to AI hosting",
    ),
    Story(
        "mining",
        "The company reports what it mined, what it sold and how much of its fleet is energised.",
        "MARA publishes its monthly production figures",
        "MARA publishes monthly production figures for its miners",
    ),
    Story(
        "mining",
        "Operators who curtailed during the cold spell were paid more for switching off than for hashing.",
        "Texas miners switch off in the cold and get paid for it",
    ),
    Story(
        "mining",
        "Three small pools agree on one template format so that members can choose their own transactions.",
        "Smaller mining pools adopt shared block templates",
    ),
    Story(
        "mining",
        "A broker's list shows last-generation machines at under eight dollars a terahash.",
        "Used ASIC prices fall to the lowest level of the cycle",
    ),
    Story(
        "mining",
        "Foundry's share of blocks stays near a third, the largest of any pool for two years running.",
        "Foundry USA finds nearly a third of all blocks",
        "Foundry USA now finds nearly a third of all blocks",
    ),
    Story(
        "mining",
        "Hydro plants with spare summer water sign one-year contracts with container operators.",
        "Paraguay's spare hydro power draws container miners",
    ),
    Story(
        "mining",
        "Luxor's desk sees more miners selling their hashrate months ahead to fix the price they get.",
        "Miners hedge with hashrate forwards as margins thin",
    ),
    Story(
        "mining",
        "The heat of forty machines keeps a municipal pool at 28 degrees through the winter.",
        "Finnish town heats its swimming pool with mining heat",
    ),
    Story(
        "mining",
        "Immersion tanks pay for themselves only where the power is cheap and the summer is hot, an engineer's tally says.",
        "Immersion cooling: what it costs per petahash",
    ),
    Story(
        "mining",
        "Fees were less than one percent of block rewards for most of the week.",
        "Transaction fees make up less than 1% of miner income",
    ),
    Story(
        "mining",
        "The firm keeps its coins and pays for the new site with a credit line.",
        "CleanSpark borrows against its bitcoin to build in Wyoming",
    ),
    Story(
        "mining",
        "A solo miner with a machine of one terahash found a block, at odds of one in several million a day.",
        "Solo miner with a hobby machine finds a block",
    ),
    Story(
        "mining",
        "Firmware that slows machines at peak hours is now standard in three of five new orders.",
        "Bitmain ships firmware that follows the power price",
    ),
    Story(
        "mining",
        "The lawmakers want to know the load of each site above ten megawatts.",
        "Norway asks mining sites to report their power use",
    ),
    Story(
        "bitcoin",
        "The price moved in a narrow band on thin weekend volume; traders look to the options expiry on Friday.",
        "Bitcoin holds near ${BTC} on thin volume",
        "Bitcoin holds near ${BTC} in thin weekend volume",
        "Bitcoin price holds near ${BTC} on thin volume",
        "On thin volume Bitcoin holds near ${BTC}",
    ),
    Story(
        "bitcoin",
        "Spot funds took in money on four of the last five days.",
        "Spot Bitcoin ETFs post a fourth day of inflows this week",
        "Spot Bitcoin ETFs post fourth straight day of inflows this week",
        "Spot Bitcoin ETFs see a fourth day of inflows this week",
    ),
    Story(
        "bitcoin",
        "Coins that have not moved for five years are at a record share of the supply.",
        "Long-term holders own a record share of Bitcoin supply",
    ),
    Story(
        "bitcoin",
        "A proposal would let nodes share the set of unspent outputs with new peers in minutes.",
        "Bitcoin developers weigh faster ways to start a node",
    ),
    Story(
        "bitcoin",
        "Public capacity is flat, but payments through private channels keep growing, three operators say.",
        "Lightning Network payments grow while public capacity stands still",
    ),
    Story(
        "bitcoin",
        "The largest open interest sits at the $90,000 strike.",
        "Bitcoin options expiry puts $90,000 in focus",
    ),
    Story(
        "bitcoin",
        "The maintainers ask for testing of the release candidate before the end of the month.",
        "Bitcoin Core release candidate is ready for testing",
    ),
    Story(
        "bitcoin",
        "Ordinals traffic is a tenth of what it was at its peak, and blocks have room to spare.",
        "Ordinals fade and leave BTC blocks half empty",
    ),
    Story(
        "bitcoin",
        "The treasury company adds to its position for the ninth week in a row.",
        "Strategy adds 1,283 BTC to its treasury",
        "Strategy adds another 1,283 BTC to its treasury",
    ),
    Story(
        "bitcoin",
        "A survey of 400 corner shops finds that one in nine takes sats, most of them through one app.",
        "Corner shops in Lugano count their sats",
    ),
    Story(
        "ethereum",
        "Client teams agreed on a date for the test network; the main network follows when three weeks pass without trouble.",
        "Ethereum developers set a date for the next upgrade test",
        "Ethereum developers set date for next upgrade test",
        "Ethereum core developers set a date for next upgrade test",
    ),
    Story(
        "ethereum",
        "The queue to start staking is six days long, the queue to leave is empty.",
        "Ether staking queue grows to six days",
        "Ether staking entry queue grows to six days",
    ),
    Story(
        "ethereum",
        "Blob space is used at four fifths of its target since the limit was raised.",
        "Layer-2 fees fall below a cent after Ethereum raises blob limit",
    ),
    Story(
        "ethereum",
        "ETH traded at ${ETH} while the ratio to Bitcoin stayed flat.",
        "Ether trades at ${ETH} as the ratio to Bitcoin goes flat",
    ),
    Story(
        "ethereum",
        "A third client now runs on more than ten percent of validators.",
        "Ethereum validators spread over more clients",
    ),
    Story(
        "ethereum",
        "The foundation will pay its grants in stable amounts and publish them every quarter.",
        "Ethereum Foundation changes how it pays grants",
    ),
    Story(
        "ethereum",
        "The gap to ether stayed within four basis points all week.",
        "Lido Staked Ether keeps its price close to ETH",
    ),
    Story(
        "ethereum",
        "Proofs of a whole block now take twelve seconds on sixteen graphics cards.",
        "Real-time proofs of Ethereum blocks get cheaper",
    ),
    Story(
        "xrp",
        "The round values the company at about forty billion dollars, the demo outlets say.",
        "Ripple secures $500M, valuation rises to $40 billion",
        "Ripple secures $500M and valuation rises to $40 billion",
    ),
    Story(
        "xrp",
        "XRP fell to ${XRP} before it found buyers; the volume was twice that of last Wednesday.",
        "XRP slips to ${XRP} on heavy volume",
        "XRP slips to ${XRP} on unusually heavy volume",
        "XRP price slips to ${XRP} on heavy volume",
    ),
    Story(
        "xrp",
        "The stablecoin's supply doubled in three months, most of it on Ethereum.",
        "RLUSD supply doubles in a quarter",
    ),
    Story(
        "xrp",
        "Validators have two weeks to vote on an amendment that adds lending to the ledger.",
        "XRP Ledger validators vote on lending amendment",
    ),
    Story(
        "xrp", "Four of the seven funds waive their fee for the first half year.", "XRP funds cut fees to win investors"
    ),
    Story(
        "xrp",
        "A payments firm moves part of its euro corridor to RLUSD and the XRPL.",
        "Payments firm moves euro corridor to the XRPL",
    ),
)
