//! libxml2 in this process: canonical form of millions of documents, which `xmllint` would start millions of times for.
#![allow(unsafe_code, reason = "the judge is a C library; the calls below are all there is")]

use std::ffi::{CString, c_char, c_int, c_uchar, c_void};
use std::ptr;

/// No network, and not a word on standard error.
const OPTIONS: c_int = NO_ERROR | NO_WARNING | NO_NET;
const NO_ERROR: c_int = 1 << 5;
const NO_WARNING: c_int = 1 << 6;
const NO_NET: c_int = 1 << 11;
const EXCLUSIVE: c_int = 1;
/// From here on an error is one: an undeclared prefix, say, which libxml2 reads on after.
const ERROR: c_int = 2;
/// The name of a namespace is no URI by RFC 3986. Source: `XML_WAR_NS_URI` in libxml/xmlerror.h.
const NO_URI: c_int = 99;

/// An `xml:id` is no name by a standard of its own. Source: `XML_DTD_XMLID_VALUE` in libxml/xmlerror.h.
const NO_XML_ID: c_int = 539;

/// What libxml2 makes of a document.
pub enum Judged {
    /// Its canonical form.
    Canonical(Vec<u8>),
    /// It can be read; but one of its namespaces has a name that libxml2 gives no canonical form for: a relative one, or
    /// letters beyond those of a URI; or its `xml:id` is no name. To XML both are any text.
    Unnamed,
    /// It cannot be read.
    Refused,
}

/// The first fields of `xmlError`. Source: libxml/xmlerror.h of libxml2 2.9.
#[repr(C)]
struct LastError {
    domain: c_int,
    code: c_int,
    message: *const c_char,
    level: c_int,
}

#[link(name = "xml2")]
unsafe extern "C" {
    fn xmlReadMemory(
        buffer: *const c_char,
        size: c_int,
        url: *const c_char,
        encoding: *const c_char,
        options: c_int,
    ) -> *mut c_void;
    fn xmlFreeDoc(document: *mut c_void);
    fn xmlC14NDocDumpMemory(
        document: *mut c_void,
        nodes: *mut c_void,
        mode: c_int,
        prefixes: *const *const c_uchar,
        with_comments: c_int,
        text: *mut *mut c_uchar,
    ) -> c_int;
    fn xmlGetLastError() -> *const LastError;
    fn xmlResetLastError();
    fn xmlSetStructuredErrorFunc(context: *mut c_void, handler: extern "C" fn(*mut c_void, *mut c_void));
    static xmlFree: unsafe extern "C" fn(*mut c_void);
}

/// Takes what libxml2 would print: a soak has millions of refusals.
extern "C" fn silent(_: *mut c_void, _: *mut c_void) {}

/// A document as libxml2 reads it.
struct Document(*mut c_void);

impl Drop for Document {
    fn drop(&mut self) {
        // SAFETY: the pointer came from xmlReadMemory, and nobody else has it.
        unsafe { xmlFreeDoc(self.0) }
    }
}

impl Document {
    /// Refused when libxml2 finds an error of any kind in it, also one it would read on after.
    fn read(bytes: &[u8]) -> Result<Self, Judged> {
        let size = c_int::try_from(bytes.len()).map_err(|_| Judged::Refused)?;
        // SAFETY: the buffer is as long as it is said to be and outlives the call, which copies what it keeps.
        let document = unsafe {
            xmlSetStructuredErrorFunc(ptr::null_mut(), silent);
            xmlResetLastError();
            xmlReadMemory(bytes.as_ptr().cast(), size, c"x".as_ptr(), ptr::null(), OPTIONS)
        };
        if document.is_null() {
            return Err(Judged::Refused);
        }
        let document = Self(document);
        // SAFETY: a null pointer, or one to an error of this thread that lives until the next call.
        let last = unsafe { xmlGetLastError().as_ref() };
        match last.filter(|error| error.level >= ERROR) {
            Some(error) if matches!(error.code, NO_URI | NO_XML_ID) => Err(Judged::Unnamed),
            Some(_) => Err(Judged::Refused),
            None => Ok(document),
        }
    }
}

/// Exclusive canonical form by libxml2, but for a slip of its own: `&` in the name of a namespace comes out as `&#38;`,
/// which canonical form never writes.
pub fn exclusive(bytes: &[u8], with_comments: bool, prefix_list: &[&str]) -> Judged {
    let document = match Document::read(bytes) {
        Ok(document) => document,
        Err(judged) => return judged,
    };
    let prefixes: Vec<CString> = prefix_list.iter().map(|prefix| CString::new(*prefix).unwrap()).collect();
    let ended = prefixes.iter().map(|prefix| prefix.as_ptr().cast()).chain([ptr::null()]);
    let pointers: Vec<*const c_uchar> = ended.collect();
    let mut text = ptr::null_mut();
    // SAFETY: the document is alive, the list of prefixes ends with a null pointer, and `text` is ours to be written.
    let length = unsafe {
        let comments = c_int::from(with_comments);
        xmlC14NDocDumpMemory(document.0, ptr::null_mut(), EXCLUSIVE, pointers.as_ptr(), comments, &mut text)
    };
    let (Ok(length), false) = (usize::try_from(length), text.is_null()) else { return Judged::Unnamed };
    // SAFETY: libxml2 wrote `length` bytes there, and gives them to us to be freed with its own function.
    unsafe {
        let canonical = std::slice::from_raw_parts(text, length).to_vec();
        xmlFree(text.cast());
        let mended = String::from_utf8_lossy(&canonical).replace("&#38;", "&amp;");
        Judged::Canonical(mended.into_bytes())
    }
}
