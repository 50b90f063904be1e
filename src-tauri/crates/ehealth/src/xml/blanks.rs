//! Line ends, and blanks in attribute values, as XML wants them read.
//!
//! A line end of any kind reads as one line feed (XML 1.0, section 2.11), and in an attribute value, like a tab, as a
//! blank (section 3.3.3); what is written as a reference stays. The parser behind [`super::tree`] does this in plain text
//! only, so the text is put right before it is parsed. Where an element stood in the original is still known.

use std::borrow::Cow;

/// A text with its blanks put right, and how its places relate to those of the original.
pub(super) struct Normalized<'a> {
    pub(super) text: Cow<'a, str>,
    /// Places of the line feeds that stand for two bytes of the original.
    shortened: Vec<usize>,
}

impl<'a> Normalized<'a> {
    pub(super) fn of(original: &'a str) -> Self {
        let (text, shortened) = line_ends(original);
        match text {
            Cow::Borrowed(text) => Self { text: attributes(text), shortened },
            Cow::Owned(text) => {
                let changed = match attributes(&text) {
                    Cow::Borrowed(_) => None,
                    Cow::Owned(changed) => Some(changed),
                };
                Self { text: Cow::Owned(changed.unwrap_or(text)), shortened }
            }
        }
    }

    /// The place of the original that this place of the text was.
    pub(super) fn original(shortened: &[usize], place: usize) -> usize {
        place + shortened.partition_point(|line_feed| *line_feed < place)
    }

    pub(super) fn shortened(self) -> Vec<usize> {
        self.shortened
    }
}

fn line_ends(text: &str) -> (Cow<'_, str>, Vec<usize>) {
    let mut parts = text.split('\r');
    let Some(first) = parts.next().filter(|first| first.len() < text.len()) else {
        return (Cow::Borrowed(text), Vec::new());
    };
    let mut out = String::with_capacity(text.len());
    let mut shortened = Vec::new();
    out.push_str(first);
    for part in parts {
        if part.starts_with('\n') {
            shortened.push(out.len());
        } else {
            out.push('\n');
        }
        out.push_str(part);
    }
    (Cow::Owned(out), shortened)
}

/// The same text with blanks in place of tabs and line feeds in attribute values.
fn attributes(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let (mut place, mut copied) = (0, 0);
    while let Some(start) = text[place..].find('<') {
        let here = place + start;
        place = here + markup(&text[here..]);
        let tag = &text[here..place];
        if is_start_tag(tag) && has_raw_blank(tag) {
            out.reserve(text.len() - out.len());
            out.push_str(&text[copied..here]);
            rewrite(tag, &mut out);
            copied = place;
        }
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[copied..]);
    Cow::Owned(out)
}

fn is_start_tag(tag: &str) -> bool {
    !matches!(tag.as_bytes().get(1), Some(b'!' | b'?' | b'/') | None)
}

/// Length of the tag, comment, section or instruction at the start of the text; at least 1.
fn markup(text: &str) -> usize {
    let until = |end: &str| text.find(end).map_or(text.len(), |place| place + end.len());
    match text.as_bytes() {
        [b'<', b'!', b'-', b'-', ..] => until("-->"),
        [b'<', b'!', b'[', ..] => until("]]>"),
        [b'<', b'?', ..] => until("?>"),
        _ => tag(text),
    }
}

/// Length of a tag: up to the first `>` that is not in a value.
fn tag(text: &str) -> usize {
    let mut quote = None;
    for (place, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return place + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    text.len()
}

/// A quick look: a tab or line feed somewhere after the first quote.
fn has_raw_blank(tag: &str) -> bool {
    let quote = tag.find(['"', '\'']).unwrap_or(tag.len());
    tag[quote..].contains(['\t', '\n'])
}

fn rewrite(tag: &str, out: &mut String) {
    let mut quote = None;
    for c in tag.chars() {
        let inside = quote.is_some();
        match quote {
            None => quote = Some(c).filter(|c| matches!(c, '"' | '\'')),
            Some(open) if c == open => quote = None,
            Some(_) => {}
        }
        out.push(if inside && matches!(c, '\t' | '\n') { ' ' } else { c });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn blanks_of_values_and_line_ends_change_and_nothing_else() {
        let text = "<a\r\n b='x\ty'\tc=\"1\r\n2\r3\n4>\"/>\t<!-- d='\r' --><?p e='\n'?><![CDATA[<a b='\r\n'>]]></a\n>";
        let read = "<a\n b='x y'\tc=\"1 2 3 4>\"/>\t<!-- d='\n' --><?p e='\n'?><![CDATA[<a b='\n'>]]></a\n>";
        assert_eq!(Normalized::of(text).text, read);
        assert!(matches!(Normalized::of("<a b='&#10;&#9;'>\n\t</a>").text, Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn every_tag_is_found_where_it_was(text in "[<>a='\"/!?\\[\\]\\-\t\r\n ]{0,40}") {
            let normalized = Normalized::of(&text);
            let tags = |text: &str| text.match_indices('<').map(|(place, _)| place).collect::<Vec<_>>();
            let now = tags(&normalized.text);
            let shortened = normalized.shortened();
            let back: Vec<usize> = now.iter().map(|place| Normalized::original(&shortened, *place)).collect();
            prop_assert_eq!(back, tags(&text));
        }
    }
}
