"""The top-level domains under which Telegram makes a link of a name that has no scheme.

They are names of the root zone (https://data.iana.org/TLD/tlds-alpha-by-domain.txt): every
country's, the generic ones that are words or abbreviations, and some in other scripts. Brands
(.bmw, .samsung) are left out but for the best known; a name under one of those is not found here,
though it would be.
"""

from __future__ import annotations

COUNTRIES = """
ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bv
bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es
et eu fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu
id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt
lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no
np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si
sj sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk
us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw
"""

GENERIC = """
academy accountant accountants actor ads adult aero africa agency airforce alsace amsterdam
analytics android app apple arab archi army arpa art asia associates attorney auction audi audible
audio author auto autos aws baby band bank bar barcelona bargains baseball basketball bayern bbc
beauty beer berlin best bet bible bid bike bing bingo bio biz black blackfriday blog bloomberg
blue bmw boats bond boo book booking boston bot boutique box broadway broker brother brussels
build builders business buy buzz bzh cab cafe cal call cam camera camp capetown capital car
caravan cards care career careers cars casa case cash casino cat catering catholic center ceo cern
cfd channel charity chase chat cheap christmas chrome church cisco citadel citi city claims
cleaning click clinic clothing cloud club coach codes coffee college cologne com community company
compare computer condos construction consulting contact contractors cooking cool coop corsica
country coupon coupons courses credit creditcard creditunion cricket crown cruise cruises cymru
cyou dad dance data date dating day deal dealer deals degree delivery dell democrat dental dentist
desi design dev diamonds diet digital direct directory discount discover dish diy docs doctor dog
domains dot download drive dubai durban earth eat eco edu education email energy engineer
engineering enterprises epson equipment esq estate eurovision eus events exchange expert exposed
express fail faith family fan fans farm farmers fashion fast feedback fidelity film final finance
financial fire fish fishing fit fitness flickr flights florist flowers fly foo food football ford
forex forsale forum foundation fox free frl fun fund furniture futbol fyi gal gallery game games
gap garden gay gdn gent george gift gifts gives giving glass global gmail gmbh gold golf goo
goodyear google gop got gov graphics gratis green gripe grocery group guardian guide guitars guru
hair hamburg haus health healthcare help helsinki here hermes hiphop hiv hockey holdings holiday
homes honda horse hospital host hosting hot hotels hotmail house how hyatt ibm ice icu immo
immobilien inc industries info ing ink institute insurance insure int international investments
irish ist istanbul jaguar java jeep jetzt jewelry jobs joburg jot joy juegos juniper kaufen kids
kim kitchen kiwi koeln kosher kred krd kyoto land lat latino law lawyer lds lease legal lego lgbt
life lifeinsurance lifestyle lighting like limited limo lincoln link live living llc llp loan
loans locker locus lol london lotto love ltd ltda luxe luxury madrid maison makeup man management
mango map market marketing markets mba med media meet melbourne meme memorial men menu miami
microsoft mil mini mint mit mobi mobile moda moe moi mom monash money monster mormon mortgage
moscow moto motorcycles mov movie museum music nagoya name navy nba net netflix network new news
next nexus ngo nhk nico nike nikon ninja nissan nokia norton now nowruz nrw nyc observer office
okinawa omega one ong onl online ooo open oracle orange org organic origins osaka ott ovh page
paris pars partners parts party pay pet pharmacy phd philips phone photo photography photos physio
pics pictures pid pin ping pink pioneer pizza place play playstation plumbing plus poker politie
porn post press prime pro prod productions prof progressive promo properties property protection
prudential pub quebec quest racing radio read realestate realtor realty recipes red rehab reise
reisen reit reliance ren rent rentals repair report republican rest restaurant review reviews rich
rio rip rocks rodeo rogers room rsvp rugby ruhr run ryukyu saarland safe safety sakura sale salon
samsung save saxo scholarships school schule schwarz science scot search seat secure security seek
select services seven sew sex sexy shell shia shiksha shoes shop shopping show showtime silk
singles site ski skin sky skype sling smart smile soccer social software solar solutions song sony
soy spa space sport spot store storage stream studio study style sucks supplies supply support
surf surgery swiss sydney systems taipei talk target tatar tattoo tax taxi team tech technology
tel tennis theater theatre tickets tienda tips tires tirol today tokyo tools top toray toshiba
total tours town toyota toys trade trading training travel travelers trust tube tui tunes
university uno uol ups vacations vana vanguard vegas ventures versicherung vet viajes video viking
villas vin vip virgin visa vision viva vlaanderen vodka volkswagen volvo vote voting voto voyage
wales walmart walter wang watch watches weather webcam weber website wed wedding weir whoswho wien
wiki win windows wine winners work works world wow wtc wtf xbox xerox xin xxx xyz yachts yahoo
yandex yoga yokohama you youtube zara zero zip zone zuerich
"""

OTHER_SCRIPTS = """
москва онлайн сайт орг рус рф укр ком дети бел бг срб мкд мон қаз ею ελ ευ გე հայ ישראל קום موقع
شبكة مصر قطر عرب ایران پاکستان بھارت भारत भारतम् कॉम नेट ไทย คอม
中国 中國 公司 网络 网站 在线 世界 香港 台湾 台灣 한국 삼성 みんな コム
"""

KNOWN_DOMAINS = frozenset((COUNTRIES + GENERIC + OTHER_SCRIPTS).split())


def is_known_domain(name: str) -> bool:
    """Tell whether `name` is a top-level domain; "Com" and "COM" are, "cOM" is not.

    TDLib's is_common_tld refuses a name whose first letter is small and another is not.
    """
    low = name.lower()
    if low != name and low[:1] == name[:1]:
        return False
    return low in KNOWN_DOMAINS
