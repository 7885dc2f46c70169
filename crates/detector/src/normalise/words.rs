//! Small sets of words, and the written-out form of street types and their abbreviations.

/// The street type that a word names, written out; `None` for other words. "st" is left out: it may be a saint.
pub(crate) fn street_type(word: &[u8]) -> Option<&'static [u8]> {
    Some(match word {
        b"road" | b"rd" => b"road",
        b"street" | b"str" | b"st" => b"st",
        b"lane" | b"ln" | b"la" => b"lane",
        b"avenue" | b"ave" | b"av" | b"avn" => b"avenue",
        b"close" | b"cl" | b"clo" => b"close",
        b"crescent" | b"cres" | b"cresc" | b"cr" => b"crescent",
        b"gardens" | b"gdns" | b"gds" | b"garden" | b"gdn" => b"gardens",
        b"drive" | b"dr" | b"drv" => b"drive",
        b"court" | b"ct" | b"crt" => b"court",
        b"place" | b"pl" => b"place",
        b"square" | b"sq" => b"square",
        b"terrace" | b"ter" | b"terr" | b"tce" => b"terrace",
        b"way" | b"wy" => b"way",
        b"grove" | b"gr" | b"gve" | b"grv" => b"grove",
        b"walk" | b"wlk" => b"walk",
        b"mews" | b"mws" => b"mews",
        b"hill" => b"hill",
        b"row" => b"row",
        b"rise" => b"rise",
        b"park" | b"pk" => b"park",
        b"view" => b"view",
        b"green" | b"grn" => b"green",
        b"parade" | b"pde" => b"parade",
        b"embankment" => b"embankment",
        b"wharf" => b"wharf",
        b"quay" => b"quay",
        b"yard" => b"yard",
        b"path" => b"path",
        b"croft" => b"croft",
        b"vale" => b"vale",
        b"mount" | b"mt" => b"mount",
        b"heights" => b"heights",
        b"brae" => b"brae",
        b"wynd" => b"wynd",
        b"loan" => b"loan",
        b"gate" => b"gate",
        b"bank" => b"bank",
        b"end" => b"end",
        b"common" => b"common",
        b"circus" => b"circus",
        b"approach" => b"approach",
        b"boulevard" | b"blvd" => b"boulevard",
        b"esplanade" => b"esplanade",
        b"promenade" => b"promenade",
        b"meadow" | b"meadows" => b"meadows",
        b"copse" => b"copse",
        b"dene" => b"dene",
        b"fold" => b"fold",
        b"garth" => b"garth",
        b"chase" => b"chase",
        b"ridge" => b"ridge",
        b"drove" => b"drove",
        b"orchard" => b"orchard",
        b"spinney" => b"spinney",
        b"paddock" | b"paddocks" => b"paddock",
        b"passage" => b"passage",
        b"alley" => b"alley",
        b"broadway" => b"broadway",
        b"bypass" => b"bypass",
        b"causeway" => b"causeway",
        b"cottages" | b"cotts" => b"cottages",
        b"villas" => b"villas",
        b"buildings" => b"buildings",
        b"heol" => b"heol",
        b"ffordd" => b"ffordd",
        _ => return None,
    })
}

/// Types that alone make "14 Something Type" an address: others ("end", "bank", "view") are ordinary words too often.
pub(crate) fn sure_street_type(canonical: &[u8]) -> bool {
    matches!(
        canonical,
        b"road" | b"st" | b"lane" | b"avenue" | b"close" | b"crescent" | b"gardens" | b"drive" | b"court" | b"place" | b"square"
            | b"terrace" | b"way" | b"grove" | b"walk" | b"mews" | b"hill" | b"row" | b"rise" | b"parade" | b"croft" | b"wynd"
            | b"brae" | b"boulevard" | b"cottages" | b"villas"
    )
}

/// One spelling for words of addresses and places: street types written out, "saint" as "st".
pub(crate) fn canonical(word: &[u8]) -> &[u8] {
    match word {
        b"saint" => b"st",
        b"sth" => b"south",
        b"nth" => b"north",
        b"upr" => b"upper",
        b"lwr" => b"lower",
        b"gt" => b"great",
        b"lt" => b"little",
        b"ltd" => b"limited",
        b"jnr" => b"junior",
        b"jr" => b"junior",
        b"sch" => b"school",
        b"prim" => b"primary",
        b"coe" => b"ce",
        _ => street_type(word).unwrap_or(word),
    }
}

/// Words that begin a longer street name: "Old Mill Lane" is not "Mill Lane".
pub(crate) fn street_prefix(word: &[u8]) -> bool {
    matches!(
        word,
        b"old" | b"new" | b"upper" | b"lower" | b"north" | b"south" | b"east" | b"west" | b"great" | b"little" | b"long" | b"high"
            | b"back" | b"middle" | b"nether" | b"over" | b"far" | b"top" | b"bottom" | b"broad" | b"st" | b"saint"
    )
}

/// Words before a street that belong to the sentence or the form, never to the street's name.
pub(crate) fn before_street(word: &[u8]) -> bool {
    matches!(
        word,
        b"in" | b"on" | b"at" | b"of" | b"the" | b"to" | b"from" | b"near" | b"off" | b"along" | b"and" | b"or" | b"by" | b"into"
            | b"up" | b"down" | b"is" | b"was" | b"our" | b"my" | b"her" | b"his" | b"their" | b"your" | b"address" | b"home"
            | b"street" | b"location" | b"site" | b"land" | b"property" | b"road" | b"live" | b"lives" | b"for" | b"via" | b"with"
            | b"between" | b"behind" | b"opposite" | b"a" | b"no" | b"number" | b"residence" | b"addr" | b"streetaddress"
    )
}

/// Last words of a house's name, which may stand before a street without a comma.
pub(crate) fn house_word(word: &[u8]) -> bool {
    matches!(
        word,
        b"cottage" | b"house" | b"farm" | b"farmhouse" | b"lodge" | b"barn" | b"villa" | b"bungalow" | b"hall" | b"manor" | b"grange"
            | b"vicarage" | b"rectory" | b"court" | b"mill" | b"stables" | b"croft" | b"flats" | b"mansions" | b"tower" | b"towers"
            | b"heights" | b"building" | b"nook" | b"lea" | b"point" | b"studio" | b"annexe" | b"annex"
    )
}

/// Words after a street that make it the name of a venue: "Mill Lane Surgery".
pub(crate) fn venue_word(word: &[u8]) -> bool {
    matches!(
        word,
        b"school" | b"primary" | b"infant" | b"infants" | b"junior" | b"academy" | b"college" | b"nursery" | b"surgery" | b"clinic"
            | b"hospital" | b"medical" | b"practice" | b"pharmacy" | b"church" | b"chapel" | b"hall" | b"library" | b"centre"
            | b"center" | b"car" | b"allotment" | b"allotments" | b"cemetery" | b"station" | b"stadium" | b"playground"
            | b"recreation" | b"farm" | b"house" | b"bridge" | b"industrial" | b"business" | b"retail" | b"estate" | b"depot"
            | b"garage" | b"mosque" | b"temple" | b"pub" | b"inn" | b"hotel" | b"ground" | b"campus" | b"foundation"
            | b"hospice" | b"museum" | b"theatre" | b"trust" | b"award" | b"scholarship" | b"collection" | b"archive"
    )
}

/// Words that say which part of a building: "Flat 3".
pub(crate) fn flat_word(word: &[u8]) -> bool {
    matches!(word, b"flat" | b"flt" | b"apartment" | b"apt" | b"unit" | b"room" | b"studio" | b"maisonette" | b"suite" | b"appt")
}

/// The month that a word names, 1 to 12.
pub(crate) fn month(word: &[u8]) -> Option<i8> {
    Some(match word {
        b"jan" | b"january" => 1,
        b"feb" | b"february" => 2,
        b"mar" | b"march" => 3,
        b"apr" | b"april" => 4,
        b"may" => 5,
        b"jun" | b"june" => 6,
        b"jul" | b"july" => 7,
        b"aug" | b"august" => 8,
        b"sep" | b"sept" | b"september" => 9,
        b"oct" | b"october" => 10,
        b"nov" | b"november" => 11,
        b"dec" | b"december" => 12,
        _ => return None,
    })
}

/// Titles before a name, lower case, without a dot.
pub(crate) fn title(word: &[u8]) -> bool {
    matches!(
        word,
        b"cllr" | b"councillor" | b"cllrs" | b"councilor" | b"mr" | b"mrs" | b"ms" | b"miss" | b"mx" | b"dr" | b"doctor" | b"prof"
            | b"professor" | b"sir" | b"dame" | b"lord" | b"lady" | b"rev" | b"revd" | b"reverend" | b"ald" | b"alderman"
            | b"alderwoman" | b"hon" | b"baroness" | b"baron" | b"cyng" | b"cynghorydd" | b"capt" | b"captain" | b"maj" | b"major"
            | b"col" | b"sgt" | b"fr" | b"canon" | b"imam" | b"rabbi" | b"mayor" | b"provost" | b"bailie" | b"master"
    )
}

/// Letters after a name.
pub(crate) fn honour(word: &[u8]) -> bool {
    matches!(
        word,
        b"mbe" | b"obe" | b"cbe" | b"kbe" | b"dbe" | b"bem" | b"jp" | b"mp" | b"msp" | b"ms" | b"mla" | b"am" | b"qc" | b"kc" | b"phd"
            | b"ba" | b"bsc" | b"ma" | b"msc" | b"frsa" | b"dl" | b"esq" | b"junior" | b"jr" | b"jnr" | b"snr" | b"sr"
    )
}

/// Small words that belong to the surname after them: "van der Berg".
pub(crate) fn particle(word: &[u8]) -> bool {
    matches!(
        word,
        b"van" | b"der" | b"den" | b"de" | b"la" | b"le" | b"du" | b"von" | b"zu" | b"da" | b"dos" | b"das" | b"di" | b"del" | b"della"
            | b"bin" | b"ibn" | b"bint" | b"al" | b"el" | b"ap" | b"ab" | b"ferch" | b"mac" | b"mc" | b"o" | b"st" | b"ter" | b"ten"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling_for_a_street() {
        for (short, long) in [("rd", "road"), ("st", "street"), ("ln", "lane"), ("gdns", "gardens"), ("saint", "street")] {
            assert_eq!(canonical(short.as_bytes()), canonical(long.as_bytes()), "{short}");
        }
        assert_ne!(canonical(b"road"), canonical(b"lane"));
        assert_eq!(canonical(b"mill"), b"mill");
    }
}
