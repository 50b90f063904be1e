//! Dates as cards write them, turned into ISO 8601 as far as they are known.
//!
//! A date that nobody foresaw stays as it stands: a person can read it. Source: docs/reference/eid-card.md, section 4.

use jiff::civil::Date;

/// Months in French, Dutch and German.
const MONTHS: [[&str; 3]; 12] = [
    ["JAN", "JAN", "JAN"],
    ["FEV", "FEB", "FEB"],
    ["MARS", "MAAR", "MÄR"],
    ["AVR", "APR", "APR"],
    ["MAI", "MEI", "MAI"],
    ["JUIN", "JUN", "JUN"],
    ["JUIL", "JUL", "JUL"],
    ["AOUT", "AUG", "AUG"],
    ["SEPT", "SEP", "SEP"],
    ["OCT", "OKT", "OKT"],
    ["NOV", "NOV", "NOV"],
    ["DEC", "DEC", "DEZ"],
];

/// `31.12.2030` as `2030-12-31`.
#[must_use]
pub fn plain(text: &str) -> String {
    let mut parts = text.split('.');
    let read = (|| {
        let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
        iso(year, month.parse().ok()?, Some(day)).filter(|_| parts.next().is_none())
    })();
    read.unwrap_or_else(|| text.to_owned())
}

/// A birth date: `01 MARS 1985`, `01.MÄR.1985`, a year alone, or a year and a month.
#[must_use]
pub fn birth(text: &str) -> String {
    let parts: Vec<&str> = text.split([' ', '.']).filter(|part| !part.is_empty()).collect();
    let read = match parts[..] {
        [year] => is_year(year).then(|| year.to_owned()),
        [month, year] => month_number(month).and_then(|month| iso(year, month, None)),
        [day, month, year] => month_number(month).and_then(|month| iso(year, month, Some(day))),
        _ => None,
    };
    read.unwrap_or_else(|| text.trim().to_owned())
}

fn month_number(name: &str) -> Option<i8> {
    let upper = name.to_uppercase();
    let at = MONTHS.iter().position(|names| names.contains(&upper.as_str()))?;
    i8::try_from(at + 1).ok()
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|digit| digit.is_ascii_digit())
}

fn iso(year: &str, month: i8, day: Option<&str>) -> Option<String> {
    if !is_year(year) {
        return None;
    }
    let date = |day: i8| Date::new(year.parse().ok()?, month, day).ok();
    match day {
        Some(day) => date(day.parse().ok()?).map(|date| date.to_string()),
        None => date(1).map(|date| date.strftime("%Y-%m").to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_birth_date_is_read_in_three_languages() {
        for text in ["01 MARS 1985", "01 MAAR 1985", "01.MÄR.1985", "01 MÄR  1985", "1 mars 1985"] {
            assert_eq!(birth(text), "1985-03-01", "{text}");
        }
        for (at, names) in MONTHS.iter().enumerate() {
            for name in names {
                assert_eq!(birth(&format!("28 {name} 2004")), format!("2004-{:02}-28", at + 1));
            }
        }
    }

    #[test]
    fn what_is_not_known_of_a_birth_date_is_left_out() {
        assert_eq!(birth("1932"), "1932");
        assert_eq!(birth("        1932"), "1932");
        assert_eq!(birth("   JAN 1932"), "1932-01");
    }

    #[test]
    fn a_date_nobody_foresaw_stays_as_it_stands() {
        assert_eq!(birth("01 BRUMAIRE 1985"), "01 BRUMAIRE 1985");
        assert_eq!(birth("31 FEB 1985"), "31 FEB 1985");
        assert_eq!(plain("31.02.2030"), "31.02.2030");
        assert_eq!(plain("soon"), "soon");
        assert_eq!(plain("31.12.2030"), "2030-12-31");
    }

    proptest! {
        #[test]
        fn any_text_is_taken(text in ".{0,30}") {
            let _ = (plain(&text), birth(&text));
        }
    }
}
