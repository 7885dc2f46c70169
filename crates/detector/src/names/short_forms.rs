//! First names that stand for each other: short forms and old variants in common British use, one group a line.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The names that may stand for `first` (lower case), without itself.
pub(crate) fn of(first: &str) -> impl Iterator<Item = &'static str> {
    let groups = INDEX.get(first).map_or(&[][..], Vec::as_slice);
    let own = first.to_owned();
    groups.iter().flat_map(|line| line.split_ascii_whitespace()).filter(move |name| *name != own)
}

static INDEX: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let mut index: HashMap<&str, Vec<&str>> = HashMap::new();
    for line in GROUPS.lines() {
        for name in line.split_ascii_whitespace() {
            index.entry(name).or_default().push(line);
        }
    }
    index
});

const GROUPS: &str = "\
abdul abdool abdoul
abigail abby abbie gail
adam ade
agnes aggie nessie
alan allan allen alun al
albert bert bertie al
alexander alex alec alasdair alistair sandy xander lex sasha
alexandra alex alexa sandra lexi sasha
alfred alf alfie fred
alison ali allison
amanda mandy
amelia millie amy
andrea andie
andrew andy drew
angela angie ange
ann anne annie nan anna annette
anthony antony tony ant
antonia toni
archibald archie
arthur art
barbara barb barbie babs
beatrice bea trixie beatrix
benjamin ben benji benny
bernard bernie
bernadette bernie
bethany beth
bridget bridie biddy
bronwen bron
calum callum cal
cameron cam
carol caroline carolyn carrie caz
catherine katherine kathryn kate katie kathy cathy cath kat kitty catrin katharine catriona kath
cecilia celia cissy
charles charlie chas chuck
charlotte lottie charlie char
christine christina chris chrissie tina
christopher chris kit topher
clifford cliff
constance connie
cynthia cindy
daniel dan danny
danielle dani
david dave davey davy dai dafydd
deborah debbie debs deb debra
dennis den denis
derek del derrick
desmond des
diana diane di
dominic dom
donald don donny donnie
dorothy dot dottie dolly
douglas doug dougie
duncan dunc
edmund ed eddie ted ned
edward ed eddie ted teddy ned
edwin ed eddie
eileen aileen
eleanor ellie nell ellen nora elinor
elizabeth liz lizzie beth betty betsy eliza libby elsie lisa liza bess elisabeth
emily em emmy millie
emma em emmy
ernest ernie
eugene gene
evelyn evie eve
ezekiel zeke
fatima fatimah fatema
fergus ferg
florence flo flossie florrie
frances fran francie frankie fanny
francis frank francie frankie
frederick fred freddie freddy frederic
gabriel gabe
gabrielle gaby gabby
gareth gaz gary garth
gemma gem
geoffrey geoff jeff jeffrey
george georgie geordie
georgina georgie gina georgia
gerald gerry jerry
gerard gerry ged
gillian gill jill gilly jillian
gladys glad
gordon gord
graham graeme grahame
gregory greg gregor
gwendolyn gwen gwenllian
hannah han
harold harry hal
harriet hattie harry
helen nell nellie ellen helena
henry harry hal hank
herbert herb bert
hugh hughie huw hugo
humphrey humph
hussain hussein husain
imogen immy
isaac ike zac
isabel isabella bella izzy isobel belle isabelle
ivan van
jack john jackie
jacob jake
jacqueline jackie jacqui
james jim jimmy jamie jem jimi
jane janie jenny
janet jan
janice jan
jason jay jase
jean jeannie
jennifer jen jenny jenna
jeremy jez jem jerry
jessica jess jessie
joan joanie
joanna joanne jo
john jack johnny jon ian
jonathan jon jonny johnny jonathon
joseph joe joey
josephine jo josie jojo
joshua josh
joyce joy
judith judy jude
julia julie jules juliet
julian jules
justin jus
karen kaz
kenneth ken kenny
kevin kev
kimberley kim kimberly
laura laurie lori
lawrence laurence larry laurie loz
leonard len lenny leo
leslie les
lesley les
lewis louis lou lewie
lillian lily lil lilly
linda lynda lin lindy
lindsay lindsey lynsey linz
llewellyn llew lyn
louise lou lulu
lucy lou lucinda
madeleine maddie maddy madeline
malcolm mal malc
margaret maggie meg peggy marge margie greta daisy mags peg rita marged megan
maria marie mary mariah
marion marian
mark marc marcus
martin marty martyn
mary molly polly may mae marie mair mairi
matthew matt matty mathew
maureen mo reenie
maurice morris mo
maximilian max
melanie mel
melissa mel lissa
michael mike mick mickey micky mikey mihangel
michelle shell chelle
mildred millie
mohammed mohammad muhammad mohamed mohamad mohd md muhammed mo
mustafa mustapha
naomi nomi
natalie nat
natasha tasha nat
nathan nate nat nathaniel
neil niall nigel neal
nicholas nick nicky nico nicolas
nicola nicky nikki nic
norman norm
oliver ollie olly
olivia liv livvy
owen owain
pamela pam
patricia pat tricia trish patsy paddy
patrick pat paddy padraig
paul paulie
paula polly
pauline paula
penelope penny pen
percival percy
peter pete
philip phil pip phillip
philippa pip pippa
phyllis phyl
rachel rach rachael
raymond ray
rebecca becky becca beck bex
reginald reg reggie
rhiannon rhi
richard rick dick rich richie ricky rik
robert bob rob bobby robbie bert robin
roberta bobbie
roderick rod roddy
rodney rod
roger rog
roland roly rowland
ronald ron ronnie
rosemary rose rosie romy
rose rosie rosa
roseanne rose roz
rosalind roz ros
rupert ru
russell russ
ruth ruthie
samantha sam sammy
samuel sam sammy
sandra sandy
sarah sally sara sadie
saiqa saika
sean shaun shawn
sebastian seb bas
sharon shaz
sheila shelagh sheelagh
sidney sid sydney
sian jane
simon si
sophia sophie soph sofia
stanley stan
stephanie steph steff
stephen steve steven stevie stephan
stuart stu stewart
susan sue susie suzie suzy susannah suzanne sukie
sylvia syl silvia
syed sayed sayyid
tamsin tam tamasin
terence terry tel terrance
teresa theresa terri tess tessa terry
theodore theo ted teddy
thomas tom tommy tam tomos
timothy tim timmy
tobias toby
tracey tracy trace
trevor trev
ursula ursie
valerie val
vanessa nessa
veronica ronnie vera
victor vic
victoria vicky vicki tori vik vikki
vincent vince vin vinny
violet vi
virginia ginny
vivien viv vivienne vivian
walter wally walt
wilfred wilf
william bill billy will willie liam wills gwilym
winifred win winnie freda
yusuf yousef yusef yousuf joseph
yvonne von
zachary zac zach zak
zoe zoey";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_go_both_ways() {
        assert!(of("william").any(|n| n == "bill"));
        assert!(of("bill").any(|n| n == "william"));
        assert!(of("alex").any(|n| n == "alexandra"));
        assert!(!of("william").any(|n| n == "william"));
        assert_eq!(of("amina").count(), 0);
    }
}
