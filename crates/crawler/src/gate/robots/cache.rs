//! What was learned of each host's robots.txt in this run.

use std::collections::HashMap;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use unlisted_model::ports::{HostKey, RobotsNote};
use url::Url;

use super::{PRODUCT_TOKEN, Rules};

/// RFC 9309 §2.4: not used for longer than a day.
const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// What is known of the robots.txt of each host.
#[derive(Debug, Default)]
pub(in crate::gate) struct Cache(HashMap<HostKey, (Known, Timestamp)>);

#[derive(Clone, PartialEq, Debug)]
enum Known {
    Rules(Rules),
    DisallowAll,
}

/// What the cache says of an address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::gate) enum Word {
    Allowed,
    Disallowed,
    Unreachable,
    NotKnown,
}

impl Cache {
    pub(in crate::gate) fn learn(&mut self, host: HostKey, note: &RobotsNote, fetched: Timestamp) {
        let known = match note {
            RobotsNote::Body(body) => Known::Rules(Rules::parse(body, PRODUCT_TOKEN)),
            RobotsNote::AllowAll => Known::Rules(Rules::default()),
            RobotsNote::DisallowAll => Known::DisallowAll,
        };
        self.0.insert(host, (known, fetched));
    }

    pub(in crate::gate) fn ask(&self, host: &HostKey, url: &Url, now: Timestamp) -> Word {
        match self.0.get(host) {
            Some((_, fetched)) if now.duration_since(*fetched) > KEPT => Word::NotKnown,
            Some((Known::DisallowAll, _)) => Word::Unreachable,
            Some((Known::Rules(rules), _)) if rules.allows(url) => Word::Allowed,
            Some((Known::Rules(_), _)) => Word::Disallowed,
            None => Word::NotKnown,
        }
    }

    pub(in crate::gate) fn crawl_delay(&self, host: &HostKey) -> Option<Duration> {
        match self.0.get(host) {
            Some((Known::Rules(rules), _)) => rules.crawl_delay(),
            _ => None,
        }
    }
}
