//! A second token service, as a vendor or an outside tester would bring it.
//!
//! It shares no code with Relais: this program is built from `[dependencies]` of relais-tests alone, and none of Relais's
//! crates is there. Signatures are judged by the program `xmlsec1` and certificates by `openssl verify`; its own
//! assertions are signed by `xmlsec1` too.
//! Source of the protocol: docs/reference/ehealth-sts.md, sections 2, 3, 5, 8 and 12.
//!
//! `second-sts FOLDER EID_ROOTS.pem EID_ISSUERS.pem` makes keys and certificates in FOLDER, writes `profile.toml` there,
//! prints `ready`, and serves until its standard input ends. The file `wish` in FOLDER says how it behaves ([`wish`]),
//! `record.tsv` says what it was sent and what the judges said, and `message-N.xml` are the messages themselves.
#![allow(clippy::print_stdout, reason = "it says when it is ready")]

mod assertion;
mod authority;
mod envelope;
mod house;
mod http;
mod message;
mod names;
mod tool;
mod tree;
mod wish;

use std::io::Read;
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;

use crate::house::House;

fn main() {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [folder, roots, issuers] = arguments.as_slice() else {
        eprintln!("usage: second-sts FOLDER EID_ROOTS.pem EID_ISSUERS.pem");
        std::process::exit(2);
    };
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port on loopback");
    let port = listener.local_addr().expect("the port that was given").port();
    let acceptor = authority::found(folder, roots, port).expect("keys and certificates can be made");
    let house = Arc::new(House::new(folder.clone(), roots.clone(), issuers.clone()));
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (acceptor, house) = (acceptor.clone(), Arc::clone(&house));
            std::thread::spawn(move || http::attend(&acceptor, stream, &house));
        }
    });
    println!("ready");
    // Whoever started us closes this, or ends.
    let _ = std::io::stdin().read_to_end(&mut Vec::new());
}
