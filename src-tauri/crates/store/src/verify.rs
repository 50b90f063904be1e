//! Whether the journal is whole: every entry linked to the one before, no tail cut off, no old copy put back.

use rusqlite::{Connection, OptionalExtension};

use crate::chain::{ChainHash, Link};
use crate::error::StoreError;
use crate::journal::{COLUMNS, link, read_columns};
use crate::{cut, gap};

/// What is wrong with an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Break {
    /// Its columns are not those its hash was made over.
    Altered,
    /// It is not linked to the entry before it.
    Unlinked,
    /// It is not there.
    Missing,
    /// It and all after it were there once and are not any more.
    TailCut,
    /// A head noted earlier has another hash: the chain was written anew.
    Rewritten,
    /// Entries before it were there once, and no entry says that they were cut or set aside.
    FrontCut,
    /// The exported head is gone, so nobody can tell whether a tail was cut off.
    HeadFileGone,
}

/// What a look through the whole journal says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Whole.
    Verified {
        /// How many entries there are.
        entries: u64,
        /// The last one; before the first one ever, [`Link::START`].
        head: Link,
        /// The entry the chain begins after: [`Link::START`], the last one that was cut, or the head of a journal that
        /// was set aside.
        from: Link,
    },
    /// Not whole.
    Broken {
        /// The first bad entry.
        seq: u64,
        /// What is wrong with it.
        why: Break,
    },
}

/// A break on its way out of the walk.
enum Stop {
    Broken { seq: u64, why: Break },
    Failed(StoreError),
}

impl<E: Into<StoreError>> From<E> for Stop {
    fn from(cause: E) -> Self {
        Self::Failed(cause.into())
    }
}

/// Looks through the whole chain. `exported` was read from the head file *before* this call, so that a writer at work
/// meanwhile can only be ahead of it.
pub fn verify(connection: &Connection, exported: Option<Link>) -> Result<Verdict, StoreError> {
    match walk(connection, exported) {
        Ok((entries, head, from)) => Ok(Verdict::Verified { entries, head, from }),
        Err(Stop::Broken { seq, why }) => Ok(Verdict::Broken { seq, why }),
        Err(Stop::Failed(cause)) => Err(cause),
    }
}

fn walk(connection: &Connection, exported: Option<Link>) -> Result<(u64, Link, Link), Stop> {
    let mut noted = Noted::read(connection, exported)?;
    let (from, mut unsaid) = start(connection)?;
    let (mut head, mut entries, mut room) = (from, 0, String::new());
    let mut statement = connection.prepare(&format!("SELECT {COLUMNS} FROM journal ORDER BY seq"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let seq = head.seq + 1;
        // A column of another type than it must have is as altered as one of another value.
        let (Ok(columns), Ok(previous), Ok(hash)) = (read_columns(row), row.get(8), row.get(9)) else {
            return Err(Stop::Broken { seq, why: Break::Altered });
        };
        let (previous, hash) = (ChainHash(previous), ChainHash(hash));
        let why = match () {
            () if columns.seq != seq => Some(Break::Missing),
            () if previous != head.hash => Some(Break::Unlinked),
            () if columns.hash_with(previous, &mut room) != hash => Some(Break::Altered),
            () if noted.contradicts(seq, hash) => Some(Break::Rewritten),
            () => None,
        };
        if let Some(why) = why {
            return Err(Stop::Broken { seq, why });
        }
        unsaid &= !says(columns.event, columns.detail, from);
        head = Link { seq, hash };
        entries += 1;
    }
    if noted.is_beyond(head.seq) {
        return Err(Stop::Broken { seq: head.seq + 1, why: Break::TailCut });
    }
    if unsaid {
        return Err(Stop::Broken { seq: from.seq + 1, why: Break::FrontCut });
    }
    if entries > 0 && exported.is_none() {
        return Err(Stop::Broken { seq: head.seq + 1, why: Break::HeadFileGone });
    }
    Ok((entries, head, from))
}

/// Heads noted earlier, in checkpoint rows and in the head file; looked up in ascending order.
struct Noted {
    links: std::iter::Peekable<std::vec::IntoIter<Link>>,
}

impl Noted {
    fn read(connection: &Connection, exported: Option<Link>) -> Result<Self, StoreError> {
        let mut statement = connection.prepare("SELECT seq, hash FROM checkpoint ORDER BY seq")?;
        let mut links = statement.query_map([], link)?.collect::<Result<Vec<_>, _>>()?;
        links.extend(exported);
        links.sort_by_key(|link| link.seq);
        Ok(Self { links: links.into_iter().peekable() })
    }

    /// Some head noted for this entry has another hash.
    fn contradicts(&mut self, seq: u64, hash: ChainHash) -> bool {
        while let Some(noted) = self.links.next_if(|noted| noted.seq <= seq) {
            if noted.seq == seq && noted.hash != hash {
                return true;
            }
        }
        false
    }

    /// A head was noted after the last entry.
    fn is_beyond(&mut self, seq: u64) -> bool {
        while self.links.next_if(|noted| noted.seq <= seq).is_some() {}
        self.links.peek().is_some()
    }
}

/// What the first entry must be linked to: nothing, or else the head of a journal that was set aside or the last entry
/// that was cut, which an entry of the journal has to confirm.
fn start(connection: &Connection) -> Result<(Link, bool), StoreError> {
    let sql = "SELECT seq, hash FROM checkpoint WHERE why IN ('set-aside', 'cut')
               AND seq < (SELECT coalesce(min(seq), 9223372036854775807) FROM journal) ORDER BY seq DESC LIMIT 1";
    let from = connection.query_row(sql, [], link).optional()?;
    Ok(from.map_or((Link::START, false), |from| (from, true)))
}

/// Whether an entry confirms that the journal begins after this one.
fn says(event: &str, detail: &str, from: Link) -> bool {
    cut::says(event, detail, from) || gap::says(event, detail, from)
}
