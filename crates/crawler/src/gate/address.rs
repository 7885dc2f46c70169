//! Which addresses are on the public internet: deny unless globally routable.
//!
//! The tables follow the IANA special-purpose address registries (IPv4 and IPv6, as of 2025-10) and RFC 6052 for IPv4
//! inside IPv6. `IpAddr::is_global` of the standard library is not stable yet. Literals and names are judged here
//! before anything is sent; the live transport judges again what a name resolved to, at the address that it dials.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

/// IPv4 blocks that are not the public internet: base, prefix length.
const V4_DENIED: [(Ipv4Addr, u32); 18] = [
    (Ipv4Addr::new(0, 0, 0, 0), 8),       // this network (RFC 791)
    (Ipv4Addr::new(10, 0, 0, 0), 8),      // private use (RFC 1918)
    (Ipv4Addr::new(100, 64, 0, 0), 10),   // shared address space (RFC 6598)
    (Ipv4Addr::new(127, 0, 0, 0), 8),     // loopback (RFC 1122)
    (Ipv4Addr::new(169, 254, 0, 0), 16),  // link local (RFC 3927), the clouds' metadata services
    (Ipv4Addr::new(172, 16, 0, 0), 12),   // private use (RFC 1918)
    (Ipv4Addr::new(192, 0, 0, 0), 24),    // IETF protocol assignments (RFC 6890)
    (Ipv4Addr::new(192, 0, 2, 0), 24),    // documentation (RFC 5737)
    (Ipv4Addr::new(192, 31, 196, 0), 24), // AS112 (RFC 7535): name servers, no sites
    (Ipv4Addr::new(192, 52, 193, 0), 24), // AMT (RFC 7450): relays, no sites
    (Ipv4Addr::new(192, 88, 99, 0), 24),  // 6to4 relays, deprecated (RFC 7526)
    (Ipv4Addr::new(192, 168, 0, 0), 16),  // private use (RFC 1918)
    (Ipv4Addr::new(192, 175, 48, 0), 24), // AS112 (RFC 7534): name servers, no sites
    (Ipv4Addr::new(198, 18, 0, 0), 15),   // benchmarking (RFC 2544)
    (Ipv4Addr::new(198, 51, 100, 0), 24), // documentation (RFC 5737)
    (Ipv4Addr::new(203, 0, 113, 0), 24),  // documentation (RFC 5737)
    (Ipv4Addr::new(224, 0, 0, 0), 4),     // multicast (RFC 5771)
    (Ipv4Addr::new(240, 0, 0, 0), 4),     // reserved and broadcast (RFC 1112, RFC 919)
];

/// Blocks inside 2000::/3, the only global unicast space, that are not the public internet all the same.
const V6_DENIED: [(Ipv6Addr, u32); 5] = [
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23), // IETF protocol assignments, Teredo and ORCHID among them (RFC 2928)
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32), // documentation (RFC 3849)
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16), // 6to4, deprecated (RFC 7526): whatever IPv4 is inside
    (Ipv6Addr::new(0x2620, 0x4f, 0x8000, 0, 0, 0, 0, 0), 48), // AS112 (RFC 7534)
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20), // documentation (RFC 9637)
];

/// Whether an address is on the public internet.
pub fn is_global(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(v4) => v4_is_global(v4),
        IpAddr::V6(v6) => v6_is_global(v6),
    }
}

fn v4_is_global(ip: Ipv4Addr) -> bool {
    let bits = u32::from(ip);
    !V4_DENIED.iter().any(|&(base, len)| (bits ^ u32::from(base)) >> (32 - len) == 0)
}

fn v6_is_global(ip: Ipv6Addr) -> bool {
    let s = ip.segments();
    let last_four = Ipv4Addr::from((u32::from(s[6]) << 16) | u32::from(s[7]));
    match s {
        // v4-mapped, and NAT64 with the well-known prefix (how an IPv6-only network reaches IPv4 sites, RFC 6052).
        [0, 0, 0, 0, 0, 0xffff, _, _] | [0x64, 0xff9b, 0, 0, 0, 0, _, _] => v4_is_global(last_four),
        _ => {
            let bits = u128::from(ip);
            let unicast = s[0] >> 13 == 1;
            unicast && !V6_DENIED.iter().any(|&(base, len)| (bits ^ u128::from(base)) >> (128 - len) == 0)
        }
    }
}

/// Names that never are on the public internet: these, and everything below them.
const LOCAL_NAMES: [&str; 5] = ["localhost", "local", "internal", "home.arpa", "onion"];

/// What can be said of a host before any name is resolved.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// A globally routable literal address.
    Public,
    /// A literal address or a name that is not on the public internet.
    Private,
    /// An ordinary name; only its addresses will tell.
    Name,
}

/// Judges the host of an address by its literal or its name alone. The `url` crate has already folded decimal, octal,
/// hexadecimal and shortened spellings of IPv4, full-width digits and letter case.
pub fn place(url: &Url) -> Place {
    match url.host() {
        Some(Host::Ipv4(ip)) => {
            if v4_is_global(ip) {
                Place::Public
            } else {
                Place::Private
            }
        }
        Some(Host::Ipv6(ip)) => {
            if v6_is_global(ip) {
                Place::Public
            } else {
                Place::Private
            }
        }
        Some(Host::Domain(name)) => {
            if name_is_local(name) {
                Place::Private
            } else {
                Place::Name
            }
        }
        None => Place::Private,
    }
}

/// Whether a name is local: a single label, or one of the names reserved for local use.
pub fn name_is_local(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    !name.contains('.')
        || name.split('.').any(str::is_empty)
        || LOCAL_NAMES
            .iter()
            .any(|local| name.strip_suffix(local).is_some_and(|before| before.is_empty() || before.ends_with('.')))
}

#[cfg(test)]
pub(crate) mod tests;
