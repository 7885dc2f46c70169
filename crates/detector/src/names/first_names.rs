//! First names common in the United Kingdom, to tell other people's names from ordinary words.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::normalise::words::Hashes;
use crate::page::hash;

/// Whether a word in lower case is a common first name.
pub(crate) fn is_first_name(word: &[u8]) -> bool {
    KNOWN.all.contains(word)
}

/// The same of a word whose hash ([`crate::page::Word::hash`]) is known: most questions end at it.
#[inline]
pub(crate) fn is_first_name_hashed(word: &[u8], hash: u32) -> bool {
    KNOWN.hashes.may_have(hash) && is_first_name(word)
}

struct Known {
    all: HashSet<&'static [u8]>,
    hashes: Hashes,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let mut known = Known { all: HashSet::new(), hashes: Hashes::default() };
    for name in NAMES.split_ascii_whitespace().map(str::as_bytes) {
        known.all.insert(name);
        known.hashes.add(hash(name));
    }
    known
});

// Left out on purpose: names that are ordinary words at the start of a sentence or of a place (May, Will, Mark, Grace, Hope,
// Bill, Rose, Victoria, Florence, Chelsea, Georgia, Austin, Chester, Lincoln, Kent, Stanley, Gordon, Douglas, Melissa's kin stay).
const NAMES: &str = "\
aaron abbie abby abdul abdullah abigail adam adele adrian ahmed aidan aileen aimee aisha alan alasdair albert alec alejandro alex \
alexander alexandra alexis alfie alfred ali alice alicia alison alistair allan allen alun alyssa amanda amar amber amelia amir amit \
amna amy ana anastasia andrea andreas andrew andrzej andy aneesa aneurin angela angharad angus anil anita ann anna anne annette annie \
anthony antonia antonio antony anwar archie arif arjun arlene arthur arun asad asha ashraf asif asma atif audrey ava ayesha aziz \
barbara barry bartosz beatrice becky belinda ben benjamin bernadette bernard bernie beryl beth bethan bethany betty beverley bilal \
billy bob bobby bradley brenda brendan brian bridget bronwen bruce bryan bryn callum cameron camilla carl carla carlos carly carmen \
carol carole caroline carolyn carwyn catherine cathy catriona catrin cecilia ceri charles charlie charlotte cheryl chloe chris \
christian christina christine christopher ciara ciaran claire clara clare claudia clive colette colin colleen connor conor craig \
cynthia dafydd daisy dale damian damien dan daniel danielle danny daphne darren dave david dawn dean debbie deborah debra deepak \
deirdre denis denise dennis derek dermot desmond dev diana diane dilys dipak dominic donald donna doreen doris dorothy duncan dylan \
eamonn ed eddie edith edmund edward edwin eileen eilidh elaine eleanor elena eleri elizabeth ella ellen ellie elliot elsie emily emma \
emrys eoin eric erica erin ernest esme esther ethan ethel eugene eva evan eve evelyn ewa ewan faisal farah farhan farooq fatima \
fatimah felicity felix fergus finlay fiona fran frances francesca francis frank fraser fred freddie frederick freya gabriel gabriela \
gareth gary gaynor gavin gemma geoff geoffrey george georgina gerald geraldine gerard gerry gethin gillian gina giovanni gladys glenn \
glenys glyn graeme graham greg gregory greta gurpreet guy gwen gwyneth gwyn hamza hannah hanna harish harold harpreet harriet harry \
harvey hasan hassan hayley hazel heather heidi helen helena henry hilary hilda holly hugh hugo humphrey huw ian ibrahim idris ieuan \
ifan imogen imran ingrid iona iqbal irene iris isaac isabel isabella isabelle isla ismail isobel ivan ivor iwan jack jackie jacob \
jacqueline jacqui jade jagdeep jake jakub jamal james jamie jan jane janet janice janine jason jasmine jaswinder javed jayne jean \
jeanette jeff jeffrey jemma jen jenna jennifer jenny jeremy jerome jess jessica jill jillian jim jimmy jo joan joann joanna joanne \
joe joel johanna john johnny jon jonathan jonny jose joseph josephine josh joshua joyce juan judith judy julia julian julie juliet \
june justin justine kai kamal kamran karen karl karolina kasia kate kath katharine katherine kathleen kathryn kathy katie katrina \
katy kavita kay kayleigh keiran keith kelly ken kenneth kerry kevin khadija khalid kieran kim kimberley kiran kirsten kirsty krishna \
krystyna kumar kyle lara laura lauren laurence lawrence leah lee leila len leo leon leonard lesley leslie lewis liam lily linda \
lindsay lindsey lisa liz lizzie llinos lloyd logan lorna lorraine louis louisa louise lucas lucia lucy luke lydia lyn lynda lynn \
lynne lynsey mabel madeleine magdalena maggie mahmood mairead mairi malcolm malgorzata manjit mandy marc marcin marcus margaret margot \
maria mariam marian marie marilyn marion marjorie marta martha martin martyn mary maryam mateusz matilda matt matthew maureen maurice \
mavis max maxine megan meera mehmet mel melanie melissa mia michael michal michelle mick miguel mike mildred millie miranda miriam \
mohamed mohammad mohammed mohan moira molly mona monica morag moses muhammad muriel musa mustafa myra nadia nadine nancy naomi \
narinder nasreen natalie natasha nathan naveed nazia neha neil nia niall nicholas nick nicky nicola nicole nicoleta nigel nikhil nikki \
nina noel nora noreen norma norman olga oliver olivia omar oscar osman owain owen pam pamela parveen pat patricia patrick paul paula \
pauline pavel pawel pedro peggy penelope penny pete peter petra phil philip philippa phillip phoebe phyllis piotr pippa poppy \
pradeep priya rachael rachel raheem rahul raj rajesh ralph ramesh rashid rashida ravi raymond rebecca reece reg reginald rehana reza \
rhiannon rhian rhodri rhona rhys richard rita rob robbie robert roberta roberto robin roderick rodney roger roisin roland ron ronald \
ronnie rory rosa rosalind rosemary rosie ross roxanne roy ruby rukhsana rupert russell ruth ryan sabina sadia sadie sahar saima sajid \
salim sally salma sam samantha samira samuel sandeep sandra sanjay sara sarah sarfraz satnam scott sean sebastian selina seren shabana \
shahid shakil shamima sharon shaun shauna sheena sheila shirley shona sian sidney simon simone siobhan sofia sohail sonia sophia \
sophie stefan stella steph stephanie stephen steve steven stewart stuart sue suki sunil sunita susan susanna susannah susie suzanne \
syed sylvia tahir tamara tamsin tanya tara tariq tatiana ted terence teresa terry theo theodore theresa thomas tim timothy tina tobias \
toby tom tomasz tommy tony tracey tracy trevor trisha tudor ursula usha uzma valerie vanessa vera vernon veronica vicki vicky victor \
vijay vikram vincent violet vivien vivienne walter wayne wendy wilfred william winifred winston yasmin yasmine yousuf yusuf yvette \
yvonne zac zachary zahid zahra zainab zara zoe zofia zubair abena adebayo adeola ade akosua ama amara chidi chinedu chioma emeka \
femi folake funmi ifeoma kofi kwame kwabena ngozi obinna olu olufemi segun tunde yaw yinka";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_words_are_no_first_names() {
        assert!(is_first_name(b"john") && is_first_name(b"siobhan"));
        for word in ["mill", "the", "castle", "may", "will", "chair", "clerk"] {
            assert!(!is_first_name(word.as_bytes()), "{word}");
        }
    }
}
