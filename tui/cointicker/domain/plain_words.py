"""Words of everyday and of market English: what is none of these, in a title, is likely a name."""

_WORDS = """
ability able about above absolutely accept access according account accumulate accumulates accurate accused acquire
acquired acquires acquisition across act action actions activates active activities activity actual actually add added
adding addition additional address addresses adds adjustment administration admits adopt adopts ads advance advanced
advances advantage advertising advice affect after again against age agency ago agreement ahead aid aim air airdrop
alert alive all alleged allot allow allowed allowing allows almost alone along already also although always amazing
amid among amount an analysis analyst analysts and animals announce announced announcement annual another answer
answers anticipated any anyone anything anywhere app apparently appeals appear appeared appears application
applications approach approval approve approved approves apps are area areas aren arms around array arrest arrested
arrive arrived art article articles as ask asked asking asks assets associated astronauts at attack attempt attempts
attention attract auction audience audit author authorities automatically available average avoid avoided aware
awareness away back backed background backs bad bail balance ban band bank banking bankrupt bankruptcy banned base
based basic basically basis battery be bear bearish bears beautiful became because become becomes becoming bed been
before began begin beginning begins behavior behind being believe believed believes below benefit benefits best bet
bets better between beyond big biggest bill billion billions bills binary bit bitcoiner black bleed block blockchain
blocks blog blood board bodies body bond bonds book books boost boosts born borrow both bottom bought bounce box brand
breach break breaking breaks bribe briefing bring broader broker brokerage brother brought browser bubble bug build
building built bull bullish bulls bump bunch burn burned burns business businesses but button buy buyback buyer buying
buys by call called calling calls came campaign can candidates cannot capabilities capable capacity capital car care
career careful carried carry case cases cash catch caught cause caused causes cautious central century ceo certain
certainly cfo chain chains chair chairman challenge challenges chance chances change changed changes changing chaos
character characters charge charged charges charter check chief child children chip choice choose cited citing claim
claimed claims class claw clear clearly clears client clients close closer closes cloud code cofounder coin coins
collapse collapses collateral colleagues collection college colors combination come comes coming command comment
comments commercial commission committed commodity common community companies company compared competing competitors
complete completed completely complex complicated computer computers computing concept concerned concerns concluded
condition conference confident confirmed conflict congress connect connected connection connections consensus
consequences consider considered consistent console consolidation constant consumer consuming contact containing
contains content context continue continued continues contract contracts control controls convicted convince cool cools
core corporate correct correction cost costs could couldn count countries country couple course court cover coverage
covered crackdown crash crashes create created creates creating creativity credit creditor creditors crime crisis
critical criticism cross crowd cruise crypto cryptocurrency current currently curtail custodian custody customers cut
cuts cycle dance dangerous dao dapp data date daughter day days deal deals death deaths debt debut decade decades
decentralized decided decision decisions declaring decline declined declines dedicated deep deeper default defending
defense defi defined definitely delay delayed delays delist delists deliver delivery demand denied denies deny
depending deposit deposits deputy derivative derivatives describe described design designed desk despite detail details
detected detection develop developer developers developing development device devices did die died difference
differences different difficult digital dip dips direct direction directly director disclose discover discovered
discussions disease dismiss display divest do doctor doctors documentation documents does doing dollar dollars domestic
dominance dominate donate donates done door dormant double doubled doubles down downgrade downgraded download drain
drained drains draw draws drew drive driver drop drops drove drug dubbed due dump during each earlier early earn
earnings ease easier easily easy eat economic economy edge edit editor effect effects effort efforts eight either
election electricity elements else email emerged emerging employees empty enabling end ended ending endorse enemy
energy engine enough entertainment entire entirely entry environment environments equipped equity equivalent error
especially essential essentially estimates etc etf etfs etn euro euros even event events eventually ever every everyone
everything evidence exact exactly example except exchange exchanges excited exciting exclusive exclusively executive
executives exist existing exists exits expand expanded expands expect expected expecting expense expensive experience
experiences experiment experiments expert expertise experts explain explained explainer exploit exploited exploits
exposed exposure expressed extend extends extension external extra extradited extremely eye eyeing eyes face faced
faces facility fact fail failed failing fails failure fair fairly fall falls familiar family fans far fast faster fatal
father favor favorite fear fears feature featured features federal fee feel feeling fees fell fellow felt festival few
field fight figure figured file files filing filings fill final finally financial find finding findings fine fined
fines finish finished fire fired firm firms first fiscal fit five flash floor flow flows focus focused follow followed
following food for force forced forces forecast foreign forget fork form format formed former forms forward found
founder founders four fraud free freeze freezes friend friends from front frozen full fully fun function functions fund
funding funds further future futures gain gains game gamers games gaming gas gave general generate generated get gets
getting giant gift give given gives giving glad glass global gloom go goal goals goes going gone good got gotten
governance government gox gradually grants great greater greed grew grid ground group groups grow growing growth guess
guidance guide guilty hack hacked hacker hackers had hadn half halt halts halving hand handful handle handling hands
happen happened happening happens happy hard harder hardware has hash hashing hashprice hashrate hasn have haven having
hawkish he head headwinds health hear heard hearing heart heavily hedge held help helped helping helps her here high
higher highly highs hike hikes him himself hints hired his historic history hit hits hoard hold holder holders holding
holdings holds hole holidays home honest hope hopes horror horsepower host hosting hot hours house how however hub huge
human humans hundred hundreds hurdles husband ice idea ideal identical identified identify identity if illegal illicit
illiquid image images immediately impact impeachment implement import important imposes improve improved improvement in
inbox include included includes including increase increased increases increasingly independent index individual
individuals industry infection inflation inflow inflows influencer information infrastructure ingredients initial
innovative inquiry inside insider insiders installed instance instead institutional insurance intended interest
interesting interface internal international internet interview into introduced invest investigate investigates
investigation investigations investment investments investor investors invests involved involvement is issue issuer
issues it items its itself jail jittery job jobs join joined joins journey judge jump jumped jumps jury just keep
keeping keeps kept key kids killed killing kind kit knew know knowledge known knows label labs lack land lands language
large largely larger largest last late later latest launch launched launches launching launchpad laundering law
lawmaker lawmakers lawsuit lawyer layer layoffs lead leader leaders leading leads leak leaks learn learned lease least
leave leaving led ledger left legal lend lender lending lends less let lets letting level levels leverage leveraged
liable library licence license lies life lift lifts light lighting lights like likely limit limited limits line lines
lineup link links liquidated liquidation liquidations liquidity list listing lists little live lived load loaded loan
loans local location locked log logo long longer look looked looking looks loses losing loss losses lost lot love low
lower lowest lungs machine machines macro made magic main mainnet mainstream maintain major majority make maker makes
making man managed management manager manages many margin market marketing markets mass massive match material matter
matters may maybe me mean meaning means meant meanwhile measures media medical meeting meetings megawatt member members
memecoin memecoins memory men mention mentioned merchants merge merged merger merges message met metaverse method
methods might miles milestone military million millions mind mine mined miner miners mines mining mint minted mints
minutes missing mission mistake mix mixed mixer mobile mode model models modern moment momentum money monitor month
monthly months moon more morning mortgage most mostly mother move moved moves movies moving much mulls multiple music
must my myself naked name named names narrows native nature near nearly nears necessarily necessary need needed needs
neither network networks never new news newsletter next nft nfts nice night nightmare nights nine no node nodes noise
none nor normal not note noted nothing notice now number numbers obvious of off offer offered offering offers office
officer official officially officials often old on once onchain one ones ongoing online only open opening opens opinion
opportunity opposite optimization option optional options or oracle order orders organization organizations original
originally other others otherwise our out outage outflow outflows outlook outpaces outperform output outside over
overtakes own owner owners package pact page pages paid pain painful panic paper parallel pardon pardoned pardons
parent part particular particularly parties partner partners partnership parts party pass passed passes passing past
patch path patient patients pauses pay paying payment payments payout peak peaks peer peg pension people per percent
percentage perfect perform performance performances performing perhaps period perpetual perpetuals person personal
perspective petition phishing phone physical picture piece pivot pizza place placed places plan plans platform
platforms play played player players playing plays plea pleads pledge plenty plots plunge plunged plunges plus podcast
point pointed points poised police policy political poll pool pools popular population port portfolio position positive
possible post posted posts potential pounds pours power powerful powers practice prediction predicts presale presence
present presented press pressure pretty prevent previous previously price priced prices pricing primarily primary print
prison privacy private probably probe probes problem problems process produce produced product production products
professor profile profit profits program programs progress project projects promise promised prompts proof properties
proposal propose proposed proposes prosecutors protests protocol provide provided provides providing public publication
published pull pulls pump pumps purchase purchases pure push pushes put puts putting quadruple quality quarter
quarterly question questions quick quickly quite quits race raid raise raised raises raising rallies rally random range
ransom ransomware rapidly rare rate rates rather rattles raw reach reached reaches reaching reaction read readers
reading ready real reality realize really reason reasonable reasons rebound rebounds receive received receiving recent
recently recognition recognize recommended record recover recovers recovery red redeem reduce reduction reels reference
references refund regain regains region register registers regular regularly regulate regulation regulator regulators
regulatory reignites reject rejects related relations relationship relatively release released releases relevant remain
remained remaining remains remember remote remove removes removing reorg replace replaced replacement report reported
reportedly reports represented representing reputation request requests require required requires rescue research
researchers reserve reserves resistance resolution resource resources respectively respiratory respond responded
response responses responsible rest result resulting results resume resumes retail retire return returned revealed
reveals revenue reverse review rewards rig right rights rigs rise rises risk risks rival rivals road robbery role roll
rolling room roots roughly round roundup row rug rule rules ruling rumor rumors run running runs rushes safety said
sale sales same sanction sanctions save saw say saying says scale scam scammers schedule school scientist scientists
scope score screen script scrutiny seal search season second seconds section secure security see seed seeing seek seeks
seem seemed seems seen sees seize seized seizes select selection sell seller sellers selling selloff sells senate
senator senators send sending sends senior sense sent sentenced sentiment separate sequence series serious seriously
serve served server service services set sets setting settings settle settlement settles seven several severe share
shared shareholder shareholders shares she sheds shift shifts ship short shorts shot should show showed shown shows
shrugs shut shuts side sides sideways sign signal signals signed significant significantly signing signs similar simple
simply since single sinks site sites situation six size slash slashes slide slides slightly slip slips slump slumps
small smaller smart so soar soars social software sold solid solution solutions some someone something sometimes
somewhat somewhere son soon sort sought source sources space spacecraft sparks speak special specific specifically
speed speeds spend spending spent spike spikes spirit split sponsored spot spread squeeze stable stablecoin stablecoins
staff stage stake staked staking stall stalls stand standard standoff stands start started starting startup state
statement status stay steady steals step stepped still stock stocks stolen stop store stores stories story straight
strange strategist strategy stream stress stretch strong stronger structure struggle struggles struggling stuck
students studies study stuff stuns subject subscription success successful such sudden sue sued sues suffered suggested
sum summer superior supply support supported supporting supports supposed sure surface surge surges surpass surpasses
surprised surprising surprisingly suspected suspends suspension swap swaps swells symptoms system systems table take
taken takes taking talk talking talks tank tap taps target targeted targets tariff tariffs task tax taxes team teams
teases tech technical technologies technology tell telling tells ten term terms test tested testimony testing testnet
tests text than thanks that the theft thefts their them theme themselves then theory there therefore these they thin
thing things think thinking third this those though thought thousands threat three through throughout thus tick
tightens time times timing tiny tips title titles to today together token tokenization tokenize tokenized tokens told
tons too took tool tools top topic tops total touch toward towards track tracks trade trader traders trades trading
traditional traffic transaction transactions transcript transfer transfers travel treasury treated treatment trial
trick tried tries trigger trims trip triple triples true truly trust try trying tumble tumbles tumbling turmoil turn
turned turns tutorial twice two type types typically ultimately unanimous uncertainty under understand understanding
undisclosed unexpected unfazed unique unlicensed unload unlock unlocks until unusual unveil unveiled unveils up
upcoming update upgrade upgrades upon urged urgent urges us use used useful user users uses using usually validator
validators valuable valuation value variety various vast vault vaults venture verdict version versions very veto via
viable victims video vie view viewed views violence virtual vision visit visited volatile volatility volume volumes
vote voted votes vows vulnerability waiting wake wallet wallets want wanted wants war warn warned warning warns was
wasn watch watching water way ways we weak weakens wealth weather web website week weekend weekly weeks weight well
went were weren whale whales what whatever wheels when whenever where whereas whether which while whipsaw white who
whole whose why wide widens wife will willing win window winning wins wipes wireless wish with withdraw withdrawal
withdrawals within without woes woman won word words work worked working works world worldwide worries worry worst
worth would wouldn wrap write writing written wrong wrote year years yes yet yield yields you young your yourself zero
zeroes zone
"""

PLAIN_WORDS = frozenset(_WORDS.split())
"""Lower case, in the forms that titles have."""
