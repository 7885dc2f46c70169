//! Closed lists of words in the wire forms, made from the model's.

use schemars::JsonSchema;
use serde::Serialize;
use unlisted_model::{attribution, detection, exposure, identifier, query, severity};

macro_rules! words {
    ($($(#[doc = $doc:literal])* $name:ident from $model:path { $($word:ident = $text:literal,)* })*) => { $(
        $(#[doc = $doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Serialize, JsonSchema, Debug)]
        pub(super) enum $name { $(#[serde(rename = $text)] $word,)* }

        impl From<$model> for $name {
            fn from(word: $model) -> Self {
                match word { $(<$model>::$word => Self::$word,)* }
            }
        }
    )* };
}

words! {
    /// How bad: *Act today / Do this week / When you can / Good to know*.
    V1Severity from severity::Severity {
        Critical = "critical", High = "high", Medium = "medium", Low = "low",
    }
    /// Bands of `probability`: same ≥ 0.95, likely ≥ 0.75, possible ≥ 0.30.
    V1Band from attribution::Band {
        Same = "same", Likely = "likely", Possible = "possible", Other = "other",
    }
    /// How surely the text states the fact.
    V1Confidence from detection::Confidence {
        High = "high", Medium = "medium", Low = "low",
    }
    /// Whether pages state the fact or it must be pieced together.
    V1Basis from exposure::BasisOfExposure {
        Stated = "stated", PiecedTogether = "pieced-together",
    }
    /// Why it is public.
    V1Cause from exposure::Cause {
        Law = "law", You = "you", PartyOrCouncil = "party-or-council", ThirdParty = "third-party", Copy = "copy",
    }
    /// Where the work stands.
    V1Status from exposure::Status {
        ToDo = "to-do", Waiting = "waiting", Done = "done", CameBack = "came-back", LeavingIt = "leaving-it",
    }
    /// What sort of detail it is.
    V1Kind from identifier::Kind {
        HomeAddress = "home-address", Phone = "phone", Email = "email", DateOfBirth = "date-of-birth",
        NationalInsuranceNumber = "national-insurance-number", NhsNumber = "nhs-number",
        VehicleRegistration = "vehicle-registration", FamilyMember = "family-member", Workplace = "workplace",
        School = "school", Username = "username", BankAccount = "bank-account", Passport = "passport",
        DrivingLicence = "driving-licence", PlaceVisited = "place-visited", PhotoLocation = "photo-location",
    }
    /// What a request tells its receiver.
    V1Discloses from query::Discloses {
        Name = "name", Area = "area", Party = "party", Role = "role", Page = "page", PublicId = "public-id", Domain = "domain",
        SiteAddress = "site-address", Username = "username", HashPrefix = "hash-prefix", EmailHash = "email-hash", Email = "email",
        Phone = "phone", Home = "home",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wire_words_are_the_models_words() {
        let wire = |w: &dyn Fn() -> serde_json::Value| w().as_str().expect("a word").to_owned();
        for kind in identifier::Kind::ALL {
            assert_eq!(wire(&|| serde_json::to_value(V1Kind::from(kind)).expect("serialises")), kind.as_str());
        }
        use exposure::{Cause, Status};
        for cause in [Cause::Law, Cause::You, Cause::PartyOrCouncil, Cause::ThirdParty, Cause::Copy] {
            assert_eq!(wire(&|| serde_json::to_value(V1Cause::from(cause)).expect("serialises")), cause.as_str());
        }
        for status in [Status::ToDo, Status::Waiting, Status::Done, Status::CameBack, Status::LeavingIt] {
            assert_eq!(wire(&|| serde_json::to_value(V1Status::from(status)).expect("serialises")), status.as_str());
        }
        for word in [
            "name",
            "area",
            "party",
            "role",
            "page",
            "public-id",
            "domain",
            "site-address",
            "username",
            "hash-prefix",
            "email-hash",
            "email",
            "phone",
            "home",
        ] {
            let discloses = query::Discloses::parse(word).expect("a word of source rows");
            assert_eq!(wire(&|| serde_json::to_value(V1Discloses::from(discloses)).expect("serialises")), word);
        }
        for word in ["critical", "high", "medium", "low"] {
            let severity = severity::Severity::parse(word).expect("a word of the report");
            assert_eq!(wire(&|| serde_json::to_value(V1Severity::from(severity)).expect("serialises")), word);
        }
    }
}
