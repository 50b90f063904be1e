//! What a command says to a person: labels in one column, values in the next, moments by the clock on their wall.
//!
//! Everything foreign goes through [`clean`]: it ends on a terminal.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use relais_core::code::clean;
use relais_host::texts::Texts;

/// Blanks between two columns.
const GAP: usize = 2;

/// Lines for a person, some of them below a title.
pub struct Page<'a> {
    texts: &'a Texts,
    parts: Vec<(String, Vec<(String, String)>)>,
}

impl<'a> Page<'a> {
    /// An empty page.
    pub fn new(texts: &'a Texts) -> Self {
        Self { texts, parts: vec![] }
    }

    /// Begins a part below a title as it is.
    pub fn titled(mut self, title: &str) -> Self {
        self.parts.push((clean(title), vec![]));
        self
    }

    /// Begins a part below a title by its key.
    pub fn part(self, key: &str) -> Self {
        let title = self.texts.get(key, &[]);
        self.titled(&title)
    }

    /// A line: the label by its key, and a value. One that is empty has no line.
    pub fn line(self, key: &str, value: &str) -> Self {
        let label = self.texts.get(key, &[]);
        self.row(label, value)
    }

    /// A line whose value is a text by its key.
    pub fn words(self, key: &str, value: &str) -> Self {
        let value = self.texts.get(value, &[]);
        self.line(key, &value)
    }

    /// A line with a label as it is.
    pub fn row(mut self, label: String, value: &str) -> Self {
        if self.parts.is_empty() {
            self.parts.push((String::new(), vec![]));
        }
        let lines = self.parts.last_mut().map(|(_, lines)| lines);
        lines.into_iter().for_each(|lines| {
            if !value.is_empty() {
                lines.push((label.clone(), clean(value)));
            }
        });
        self
    }

    /// The page as text: one column of labels for all its parts.
    pub fn text(&self) -> String {
        let lines = self.parts.iter().flat_map(|(_, lines)| lines);
        let width = lines.map(|(label, _)| label.chars().count()).max().unwrap_or(0) + GAP;
        let mut text = Vec::new();
        for (title, lines) in
            self.parts.iter().filter(|(title, lines)| !(title.is_empty() && lines.is_empty()))
        {
            let indent = if title.is_empty() { "" } else { "  " };
            if !title.is_empty() {
                text.push(title.clone());
            }
            text.extend(
                lines.iter().map(|(label, value)| format!("{indent}{}{value}", padded(label, width))),
            );
        }
        text.join("\n")
    }
}

/// Rows whose columns stand below each other; the last one is as long as it likes.
pub fn columns(rows: &[Vec<String>]) -> String {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |at: usize| {
        rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.chars().count()).max().unwrap_or(0) + GAP
    };
    let widths: Vec<usize> = (0..count).map(width).collect();
    let row = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| padded(cell, *width));
        cells.collect::<String>().trim_end().to_owned()
    };
    rows.iter().map(row).collect::<Vec<_>>().join("\n")
}

fn padded(text: &str, width: usize) -> String {
    format!("{text:width$}")
}

/// A moment by the clock of this PC, to the minute, with its zone.
pub fn moment(at: Timestamp) -> String {
    in_zone(at, TimeZone::system())
}

/// The same with its seconds, where it has any.
pub fn exactly(at: Timestamp) -> String {
    exactly_in(at, TimeZone::system())
}

fn in_zone(at: Timestamp, zone: TimeZone) -> String {
    at.to_zoned(zone).strftime("%Y-%m-%d %H:%M %Z").to_string()
}

fn exactly_in(at: Timestamp, zone: TimeZone) -> String {
    let at = at.to_zoned(zone);
    let form = if at.second() == 0 { "%Y-%m-%d %H:%M %Z" } else { "%Y-%m-%d %H:%M:%S %Z" };
    at.strftime(form).to_string()
}

/// From one moment to another.
pub fn span(texts: &Texts, from: Timestamp, to: Timestamp) -> String {
    texts.get("cli-until", &[("from", &moment(from)), ("to", &moment(to))])
}

#[cfg(test)]
mod tests {
    use super::*;
    use relais_host::preferences::Language;

    #[test]
    fn values_stand_below_each_other_and_what_is_empty_has_no_line() {
        let texts = Texts::new(Language::Fr);
        let page = Page::new(&texts).part("card-part-identity").line("card-surname", "D\u{1b}[31mupré");
        let page = page.line("card-noble", "").line("card-birth-date", "1985-01-01");
        assert_eq!(page.text(), "Identité\n  Nom                D [31mupré\n  Date de naissance  1985-01-01");
    }

    #[test]
    fn a_moment_is_told_in_the_zone_of_the_reader() {
        let noon = "2026-07-02T12:00:00Z".parse().unwrap();
        let brussels = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap();
        assert_eq!(in_zone(noon, brussels), "2026-07-02 14:00 CEST");
        assert_eq!(in_zone(noon, TimeZone::UTC), "2026-07-02 12:00 UTC");
    }

    #[test]
    fn seconds_are_told_where_there_are_any() {
        let told = |at: &str| exactly_in(at.parse().unwrap(), TimeZone::UTC);
        assert_eq!(told("2026-03-02T20:00:00Z"), "2026-03-02 20:00 UTC");
        assert_eq!(told("2026-03-02T20:00:30Z"), "2026-03-02 20:00:30 UTC");
    }

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        assert_eq!(columns(&[row(["1", "été", ""]), row(["12", "e", "x"])]), "1   été\n12  e    x");
        assert_eq!(columns(&[]), "");
    }
}
