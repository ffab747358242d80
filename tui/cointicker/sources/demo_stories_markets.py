# ruff: noqa: E501 - a sentence stands on one line
"""What the demo world's outlets write about: other coins, DeFi, NFT, Web3, finance and companies. Written for the demo; nothing in it happened."""

from cointicker.sources.demo_story import Story

STORIES: tuple[Story, ...] = (
    Story(
        "altcoins",
        "The token moves sideways below its average of the last 50 days.",
        "Hedera struggles to break stagnation amid bearish sentiment",
        "Hedera struggles to break its stagnation amid bearish sentiment",
    ),
    Story(
        "altcoins",
        "Validators voted to shorten slots; the change comes in two steps.",
        "Solana validators approve shorter slots",
        "Solana validators approve plan for shorter slots",
        "Validators on Solana approve shorter slots",
    ),
    Story(
        "altcoins",
        "DOGE trades at ${DOGE}; open interest is at its lowest since the autumn.",
        "Dogecoin drifts at ${DOGE} as open interest falls",
    ),
    Story(
        "altcoins",
        "Fees on the network were cut by more than half in the autumn, and transfers of dollars grew.",
        "TRON carries more USDT transfers after its fee cut",
    ),
    Story(
        "altcoins",
        "SOL changed hands at ${SOL}, two percent above its low of the week.",
        "Solana steadies at ${SOL} after a weak week",
        "Solana price steadies at ${SOL} after a weak week",
    ),
    Story(
        "altcoins",
        "The share of coins outside the ten largest fell to its lowest in a year.",
        "Altcoin season is nowhere in sight, says breadth index",
    ),
    Story(
        "altcoins",
        "Shielded coins are a quarter of the supply for the first time.",
        "Zcash users move a quarter of all coins to shielded addresses",
    ),
    Story(
        "altcoins",
        "The upgrade halves the time to finality; node operators have a week.",
        "Avalanche upgrade goes live on testnet",
    ),
    Story(
        "altcoins",
        "The treasury will pay for three independent implementations of the node.",
        "Cardano community funds a third node implementation",
    ),
    Story(
        "altcoins",
        "The proposals would burn half of the fees of the perpetuals exchange.",
        "Hyperliquid token holders vote on fee burn",
    ),
    Story(
        "altcoins",
        "Three developers left, two joined; the wallet works the same.",
        "Monero wallet team reshuffles and ships a release",
    ),
    Story(
        "altcoins", "The chain burned fewer BNB than in any quarter since 2023.", "BNB burn shrinks with quieter blocks"
    ),
    Story(
        "nft",
        "Sales in dollars are up for the third week, buyers are not.",
        "NFT sales rise while the number of buyers falls",
        "NFT sales rise again while number of buyers falls",
    ),
    Story(
        "nft",
        "The floor of the collection is back where it was in May.",
        "CryptoPunks floor price returns to its May level",
    ),
    Story(
        "nft",
        "The marketplace will stop paying rewards for wash-free volume that nobody could measure.",
        "OpenSea ends its trading rewards",
    ),
    Story(
        "nft",
        "Tickets for a spring festival come as collectibles that cannot be resold above their price.",
        "Festival sells tickets as collectibles with a price cap",
    ),
    Story(
        "nft",
        "PENGU moved more than the floor of the collection it comes from.",
        "Pudgy Penguins token outruns the collection",
    ),
    Story(
        "blockchain",
        "The registry of one canton goes live with 1,200 parcels; paper stays the record that counts.",
        "Swiss canton tests a blockchain land registry",
    ),
    Story(
        "blockchain",
        "Seven banks settled tokenised deposits with each other in a test that ran for a week.",
        "Banks settle tokenised deposits in a week-long test",
        "Seven banks settle tokenised deposits in week-long test",
    ),
    Story(
        "blockchain",
        "The auditors read the contracts of forty bridges and found the same flaw in five.",
        "Audit of forty bridges finds one flaw five times",
    ),
    Story(
        "blockchain",
        "On-chain funds hold eleven billion dollars of treasuries, most of them in three products.",
        "Tokenized treasuries pass a new high",
        "Tokenized treasuries pass new high",
    ),
    Story(
        "blockchain",
        "Validators of the network lost an hour of rewards; no transaction was lost.",
        "Consensus stalls for an hour on a proof-of-stake network",
    ),
    Story(
        "blockchain",
        "Freight papers of one line are now signed on a shared ledger at both ports.",
        "Two ports sign freight papers on a distributed ledger",
    ),
    Story(
        "web3",
        "Passkeys replace seed phrases for new accounts, with recovery by three friends.",
        "Web3 wallets drop seed phrases for passkeys",
    ),
    Story(
        "web3",
        "Members gave the treasury to five elected stewards after two years of low turnout.",
        "DAO hands its treasury to five stewards",
    ),
    Story(
        "web3",
        "The studio keeps the game and drops the token; players get skins.",
        "GameFi studio drops its token and keeps the game",
    ),
    Story("web3", "Names can now be kept for ten years at one price.", "Naming service sells ten-year Web3 names"),
    Story(
        "web3",
        "Land in The Sandbox sells for a fiftieth of its peak, yet events draw more people than a year ago.",
        "Metaverse land is cheap and the parties are full",
    ),
    Story(
        "defi",
        "Deposits on the lending protocol passed their high of last year, most of them dollars and ether.",
        "Aave deposits climb past last year's high",
        "Aave deposits climb well past last year's high",
        "Deposits on Aave climb past last year's high",
    ),
    Story(
        "defi",
        "Holders of UNI vote on sending a sixth of the fees to the token.",
        "Uniswap fee switch goes to a final vote",
        "Uniswap fee switch now goes to final vote",
    ),
    Story(
        "defi",
        "A price feed was late by nine minutes; liquidations of two million dollars followed.",
        "Late price feed liquidates DeFi borrowers",
        "Late price feed liquidates dozens of DeFi borrowers",
    ),
    Story(
        "defi",
        "The pool pays four percent in fees; the rest of the advertised yield was tokens.",
        "What stablecoin yields are made of",
    ),
    Story("defi", "Restaked ether fell by a tenth as rewards dried up.", "Restaking loses a tenth of its deposits"),
    Story(
        "defi",
        "The exchange routes orders through three chains and shows one price.",
        "DEX merges liquidity pools across three chains",
    ),
    Story(
        "defi",
        "The synthetic dollar kept its peg while its reserve fund paid for a week of negative funding.",
        "Ethena pays from its reserve as funding turns negative",
    ),
    Story(
        "defi",
        "Supply of USDT grew by a billion, that of USDC shrank by as much.",
        "Tether grows as USDC shrinks",
        "Tether supply grows as USDC shrinks",
    ),
    Story(
        "defi",
        "Attackers took 1.2 million dollars through a function that was never meant to be public.",
        "Yield farm loses $1.2M to a forgotten function",
        "Yield farm loses $1.2M to one forgotten function",
        "Yield farm loses $1.2M to forgotten admin function",
    ),
    Story(
        "finance",
        "Prices rose by 0.2 percent on the month; traders still expect rates to stay where they are.",
        "Inflation comes in as expected, crypto barely moves",
        "Inflation comes in as expected and crypto barely moves",
        "US inflation comes in as expected, crypto barely moves",
        "Inflation comes in just as expected; crypto barely moves",
    ),
    Story(
        "finance",
        "Three members wanted a cut, the majority wants to see more data.",
        "Federal Reserve holds interest rates, three dissent",
        "Federal Reserve holds interest rates as three dissent",
    ),
    Story("finance", "The agency will hear comments for sixty days.", "SEC asks for comments on custody of tokens"),
    Story(
        "finance",
        "The bank's custody desk starts with two coins and institutional clients.",
        "German bank opens crypto custody for funds",
    ),
    Story(
        "finance",
        "The dollar is down one percent this week against a basket of currencies.",
        "Dollar slips to its low of the month",
    ),
    Story(
        "finance",
        "Reserves must lie in short treasuries and bank deposits, with a monthly report.",
        "Stablecoin rules: what issuers must hold",
    ),
    Story(
        "finance",
        "A one-page form replaces three; exchanges must send it to clients by February.",
        "Tax office shortens its form for coin sales",
    ),
    Story(
        "finance", "Bonds gained, shares fell, gold stood at its high.", "Treasuries rise as traders wait for tariffs"
    ),
    Story(
        "stocks",
        "Shares of companies that host AI machines gained, those that only mine fell.",
        "Mining stocks split as AI contracts lift a few",
        "Mining stocks split as AI contracts lift only a few",
        "Mining stocks split while AI contracts lift a few",
    ),
    Story(
        "stocks",
        "The index closed a hundredth of a percent below its record.",
        "S&P 500 ends flat a hair below its record",
    ),
    Story(
        "stocks",
        "The maker of graphics cards forecasts another record quarter.",
        "Nvidia earnings lift chip shares",
        "Nvidia earnings lift chip shares again",
    ),
    Story(
        "stocks", "The exchange's stock fell four percent after a downgrade.", "Coinbase shares drop after downgrade"
    ),
    Story("stocks", "The custody firm wants to list in New York in spring.", "Crypto custodian files for an IPO"),
    Story(
        "stocks",
        "Premiums over the coins they hold have all but gone.",
        "Treasury companies trade close to the value of their coins",
    ),
    Story(
        "company",
        "The exchange will let clients in twelve more countries trade shares around the clock.",
        "Kraken launches tokenised shares in more countries",
    ),
    Story(
        "company",
        "The issuer buys a payments start-up with forty people in Lisbon.",
        "Circle acquires a payments start-up",
        "Circle acquires Lisbon payments start-up",
    ),
    Story(
        "company",
        "The chief executive leaves after four years; the finance head steps in.",
        "CEO of a mining pool steps down",
    ),
    Story(
        "company",
        "The round is led by two pension funds.",
        "Custody start-up raises $60 million in Series B",
        "Custody start-up raises $60 million in its Series B",
    ),
    Story(
        "company",
        "One in ten jobs goes, most of them in marketing.",
        "Exchange announces layoffs after a quiet quarter",
    ),
    Story(
        "company",
        "Both will keep their names and share a back office.",
        "Two brokers agree on a merger of their crypto desks",
    ),
)
