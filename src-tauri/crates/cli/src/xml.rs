//! `xml c14n` and `xml verify`.

use std::path::Path;

use jiff::Timestamp;
use relais_core::{Code, Problem};
use relais_ehealth::xml::report::{Canonical, Kind, Verdict};
use relais_ehealth::xml::verify::{Trust, WholeAttribute};
use relais_ehealth::xml::{XmlError, c14n};
use relais_host::file::{self, Unreadable};
use relais_host::texts::Texts;

use crate::arguments::{Options, Xml};
use crate::context::read;
use crate::outcome::{Outcome, mistake, texts};
use crate::plain::Page;

/// A refused document: exit 65, as for every bad signature.
const REFUSED: u8 = 65;

pub fn run(options: &Options, command: &Xml) -> Result<Outcome, Problem> {
    match command {
        Xml::C14n { file, with_comments, prefix_list } => {
            let document = read(file)?;
            let told = |error: XmlError| error.problem().with("file", file.display());
            let prefixes: Vec<&str> = prefix_list.iter().flat_map(|list| list.split_whitespace()).collect();
            if options.json {
                let canonical = Canonical::of(&document, *with_comments, &prefixes);
                return Outcome::new(&canonical.map_err(told)?, String::new());
            }
            let bytes = c14n::exclusive(&document, *with_comments, &prefixes);
            Ok(Outcome::bytes(bytes.map_err(told)?))
        }
        Xml::Verify { file, trust, kind, at, signer } => {
            let kind: Kind = kind.parse().map_err(|_| {
                let possible = "assertion, service-list, soap";
                mistake("--as", "not-one-of").with("value", kind).with("possible", possible)
            })?;
            let at: Timestamp = match at {
                Some(text) => text.parse().map_err(|_| mistake("--at", "no-moment").with("value", text))?,
                None => Timestamp::now(),
            };
            let signer: Option<Vec<_>> = signer.iter().map(|entry| WholeAttribute::parse(entry)).collect();
            let signer = signer.ok_or_else(|| mistake("--signer", "signer-form"))?;
            let trust = trusted(trust, signer, at)?;
            let verdict = Verdict::on(&read(file)?, kind, &trust, at);
            let text = told(&texts(options), &verdict);
            let mut outcome = Outcome::new(&verdict, text)?;
            outcome.exit = if verdict.ok { 0 } else { REFUSED };
            Ok(outcome)
        }
    }
}

fn told(texts: &Texts, verdict: &Verdict) -> String {
    let (Some(reason), Some(message)) = (verdict.reason, &verdict.message) else {
        return Page::new(texts)
            .part("xml-good")
            .line("xml-covers", &verdict.covers.join(", "))
            .line("xml-signer", verdict.signer.as_deref().unwrap_or_default())
            .line("xml-subject", verdict.subject.as_deref().unwrap_or_default())
            .text();
    };
    let code = verdict.code.as_deref().and_then(Code::parse).unwrap_or(Code::XML_SIGNATURE);
    let problem = Problem::new(code);
    let page = Page::new(texts).titled(&format!("{code}: {}", texts.sentence(&problem)));
    let rule = page.line("xml-rule", &format!("{reason} ({message})")).text();
    format!("{rule}\n{}", texts.get("advice", &[("advice", &texts.advice(&problem))]))
}

/// The certificates of the trust file. That it holds none says nothing about the message.
fn trusted(path: &Path, signer: Vec<WholeAttribute>, at: Timestamp) -> Result<Trust, Problem> {
    let unusable =
        |reason: &str| Problem::new(Code::TRUST_UNUSABLE).with("file", path.display()).with("reason", reason);
    let pem = file::bytes(path).map_err(|why| match why {
        Unreadable::TOO_LARGE => unusable(why.0),
        _ => why.problem(path),
    })?;
    Trust::from_pem(&pem, signer, at).map_err(|_| unusable("no-certificate"))
}
