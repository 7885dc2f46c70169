//! What a page draws: glyphs with their places, straight rules, how many pictures.

use std::collections::HashMap;
use std::rc::Rc;

use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, String as PdfString};
use hayro_syntax::page::{Page, Resources, Rotation};

use super::font::{Font, numbers};
use super::letters_of;
use super::stream::{contents, unpacked};
use crate::extract::inflate::Ended;

/// Forms inside one another.
const DEEPEST: usize = 12;
/// Saved states of drawing.
const MOST_SAVED: usize = 256;

/// What may be spent on one document.
#[derive(Debug)]
pub(super) struct Purse {
    operations: usize,
    glyphs: usize,
    forms: usize,
    rules: usize,
}

impl Default for Purse {
    fn default() -> Self {
        Self { operations: 8_000_000, glyphs: 2_000_000, forms: 20_000, rules: 400_000 }
    }
}

impl Purse {
    /// Whether something had to be left out.
    pub(super) fn is_empty(&self) -> bool {
        self.operations == 0 || self.glyphs == 0 || self.forms == 0
    }
}

/// One glyph, in a frame in which its line runs to the right and up is up.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyph {
    /// Its letters in [`Drawn::text`].
    pub(super) text: (u32, u32),
    /// Where it starts along its line.
    pub(super) along: f32,
    /// Its line: higher is further up.
    pub(super) line: f32,
    /// Its advance.
    pub(super) width: f32,
    /// Its height.
    pub(super) size: f32,
    /// Quarter turns against the clock.
    pub(super) turn: u8,
    pub(super) is_bold: bool,
}

/// A straight rule on the page as it is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    pub(super) is_upright: bool,
    /// Where it lies across its direction.
    pub(super) at: f32,
    pub(super) from: f32,
    pub(super) to: f32,
}

/// What a page draws.
#[derive(Default, Debug)]
pub(super) struct Drawn {
    pub(super) text: String,
    pub(super) glyphs: Vec<Glyph>,
    pub(super) rules: Vec<Rule>,
    pub(super) images: usize,
    /// Glyphs of which nobody knows the letters.
    pub(super) unknown: usize,
    /// How the unpacking of what it draws ended, the worst of all parts.
    pub(super) ended: Ended,
}

type Matrix = [f64; 6];

/// `first`, then `then`.
fn product(first: Matrix, then: Matrix) -> Matrix {
    let [a, b, c, d, e, f] = first;
    let [g, h, i, j, k, l] = then;
    [a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l]
}

const PLAIN: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

#[derive(Clone)]
struct State {
    matrix: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    letter_space: f64,
    word_space: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
}

/// Draws the pages of one document.
pub(super) struct Painter<'p> {
    pub(super) purse: &'p mut Purse,
    fonts: &'p mut HashMap<ObjectIdentifier, Rc<Font>>,
    drawn: Drawn,
    state: State,
    saved: Vec<State>,
    text: Matrix,
    line: Matrix,
    path: Vec<Rule>,
    point: (f64, f64),
    start: (f64, f64),
    /// Words that a passage says it stands for, until its first glyph is drawn.
    spoken: Vec<Option<Spoken>>,
}

struct Spoken {
    text: String,
    is_said: bool,
}

/// Draws a page.
pub(super) fn draw(page: &Page<'_>, purse: &mut Purse, fonts: &mut HashMap<ObjectIdentifier, Rc<Font>>) -> Drawn {
    let turned = match page.rotation() {
        Rotation::None => PLAIN,
        Rotation::Horizontal => [0.0, -1.0, 1.0, 0.0, 0.0, 0.0],
        Rotation::Flipped => [-1.0, 0.0, 0.0, -1.0, 0.0, 0.0],
        Rotation::FlippedHorizontal => [0.0, 1.0, -1.0, 0.0, 0.0, 0.0],
    };
    let state = State {
        matrix: turned,
        font: None,
        size: 1.0,
        letter_space: 0.0,
        word_space: 0.0,
        stretch: 1.0,
        leading: 0.0,
        rise: 0.0,
    };
    let mut painter = Painter {
        purse,
        fonts,
        drawn: Drawn::default(),
        state,
        saved: Vec::new(),
        text: PLAIN,
        line: PLAIN,
        path: Vec::new(),
        point: (0.0, 0.0),
        start: (0.0, 0.0),
        spoken: Vec::new(),
    };
    let (content, ended) = contents(page);
    painter.run(&content, page.resources(), 0);
    painter.drawn.ended = painter.drawn.ended.max(ended);
    painter.drawn
}

impl Painter<'_> {
    fn run(&mut self, content: &[u8], resources: &Resources<'_>, depth: usize) {
        let mut steps = UntypedIter::new(content);
        while let Some(step) = steps.next() {
            let Some(left) = self.purse.operations.checked_sub(1) else { return };
            self.purse.operations = left;
            let operands: Vec<Object<'_>> = step.operands().take(64).cloned().collect();
            self.step(step.operator, &operands, resources, depth);
        }
    }

    fn step(&mut self, operator: &[u8], operands: &[Object<'_>], resources: &Resources<'_>, depth: usize) {
        let n = |i: usize| operands.get(i).cloned().and_then(Object::into_number).map_or(0.0, |n| n.as_f64());
        let six = || [n(0), n(1), n(2), n(3), n(4), n(5)];
        match operator {
            b"q" if self.saved.len() < MOST_SAVED => self.saved.push(self.state.clone()),
            b"Q" => self.state = self.saved.pop().unwrap_or_else(|| self.state.clone()),
            b"cm" => self.state.matrix = product(six(), self.state.matrix),
            b"BT" => (self.text, self.line) = (PLAIN, PLAIN),
            b"Tf" => {
                self.state.size = n(1);
                if let Some(Object::Name(name)) = operands.first() {
                    self.state.font = Some(self.font(resources, name));
                }
            }
            b"Tc" => self.state.letter_space = n(0),
            b"Tw" => self.state.word_space = n(0),
            b"Tz" => self.state.stretch = n(0) / 100.0,
            b"TL" => self.state.leading = n(0),
            b"Ts" => self.state.rise = n(0),
            b"Td" => self.next_line(n(0), n(1)),
            b"TD" => {
                self.state.leading = -n(1);
                self.next_line(n(0), n(1));
            }
            b"Tm" => (self.text, self.line) = (six(), six()),
            b"T*" => self.next_line(0.0, -self.state.leading),
            b"Tj" => self.show_operand(operands.first()),
            b"'" => {
                self.next_line(0.0, -self.state.leading);
                self.show_operand(operands.first());
            }
            b"\"" => {
                (self.state.word_space, self.state.letter_space) = (n(0), n(1));
                self.next_line(0.0, -self.state.leading);
                self.show_operand(operands.get(2));
            }
            b"TJ" => {
                if let Some(Object::Array(list)) = operands.first() {
                    self.show_list(list);
                }
            }
            b"gs" => self.graphics_state(operands, resources),
            b"Do" => self.draw_object(operands, resources, depth),
            b"BI" => self.drawn.images += 1,
            b"BMC" => self.speak(None),
            b"BDC" => self.speak(operands.get(1).and_then(|o| actual_text(o, resources))),
            b"EMC" => drop(self.spoken.pop()),
            _ => self.path_step(operator, n),
        }
    }

    fn path_step(&mut self, operator: &[u8], n: impl Fn(usize) -> f64) {
        match operator {
            b"m" => (self.point, self.start) = ((n(0), n(1)), (n(0), n(1))),
            b"l" => self.straight((n(0), n(1))),
            b"c" => self.point = (n(4), n(5)),
            b"v" | b"y" => self.point = (n(2), n(3)),
            b"h" => self.straight(self.start),
            b"re" => {
                let (x, y, w, h) = (n(0), n(1), n(2), n(3));
                self.point = (x, y);
                for corner in [(x + w, y), (x + w, y + h), (x, y + h), (x, y)] {
                    self.straight(corner);
                }
            }
            b"s" | b"b" | b"b*" => {
                self.straight(self.start);
                self.paint();
            }
            b"S" | b"f" | b"F" | b"f*" | b"B" | b"B*" => self.paint(),
            b"n" => self.path.clear(),
            _ => {}
        }
    }

    fn font(&mut self, resources: &Resources<'_>, name: &Name<'_>) -> Rc<Font> {
        let id = resources.fonts.get_ref(name).map(ObjectIdentifier::from);
        if let Some(known) = id.and_then(|id| self.fonts.get(&id)) {
            return Rc::clone(known);
        }
        // A page whose font is left out is read in the letters that most have.
        let font = Rc::new(Font::read(&resources.get_font(name).unwrap_or_default()));
        if let Some(id) = id.filter(|_| self.fonts.len() < 2_000) {
            self.fonts.insert(id, Rc::clone(&font));
        }
        font
    }

    fn graphics_state(&mut self, operands: &[Object<'_>], resources: &Resources<'_>) {
        let Some(Object::Name(name)) = operands.first() else { return };
        let Some(font) = resources.get_ext_g_state(name).and_then(|d| d.get::<Array<'_>>("Font")) else { return };
        if let Some(dict) = font.iter::<Dict<'_>>().next() {
            self.state.font = Some(Rc::new(Font::read(&dict)));
            self.state.size = numbers(Some(font), 2).get(1).copied().unwrap_or(self.state.size);
        }
    }

    fn draw_object(&mut self, operands: &[Object<'_>], resources: &Resources<'_>, depth: usize) {
        let Some(Object::Name(name)) = operands.first() else { return };
        let Some(stream) = resources.get_x_object(name) else { return };
        let kind = stream.dict().get::<Name<'_>>("Subtype").map(|n| n.as_str().to_owned()).unwrap_or_default();
        if kind != "Form" {
            self.drawn.images += usize::from(kind == "Image");
            return;
        }
        let Some(left) = self.purse.forms.checked_sub(1).filter(|_| depth < DEEPEST) else { return };
        self.purse.forms = left;
        let (content, ended) = unpacked(&stream);
        self.drawn.ended = self.drawn.ended.max(ended);
        let (state, text, line, saved) = (self.state.clone(), self.text, self.line, std::mem::take(&mut self.saved));
        if let [a, b, c, d, e, f] = *numbers(stream.dict().get::<Array<'_>>("Matrix"), 6).as_slice() {
            self.state.matrix = product([a, b, c, d, e, f], self.state.matrix);
        }
        match stream.dict().get::<Dict<'_>>("Resources") {
            Some(own) => self.run(&content, &Resources::new(own), depth + 1),
            None => self.run(&content, resources, depth + 1),
        }
        (self.state, self.text, self.line, self.saved) = (state, text, line, saved);
    }

    fn speak(&mut self, text: Option<String>) {
        if self.spoken.len() < 1_000 {
            self.spoken.push(text.map(|text| Spoken { text, is_said: false }));
        }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = product([1.0, 0.0, 0.0, 1.0, x, y], self.line);
        self.text = self.line;
    }

    fn show_operand(&mut self, operand: Option<&Object<'_>>) {
        if let Some(Object::String(text)) = operand {
            self.show(text);
        }
    }

    fn show_list(&mut self, list: &Array<'_>) {
        for object in list.iter::<Object<'_>>() {
            match object {
                Object::String(text) => self.show(&text),
                Object::Number(n) => {
                    let back = n.as_f64() / 1_000.0 * self.state.size * self.state.stretch;
                    self.text = product([1.0, 0.0, 0.0, 1.0, -back, 0.0], self.text);
                }
                _ => {}
            }
        }
    }

    fn show(&mut self, text: &PdfString<'_>) {
        let Some(font) = self.state.font.clone() else { return };
        let (size, stretch) = (self.state.size, self.state.stretch);
        let mut bytes = text.as_bytes();
        loop {
            let start = self.drawn.text.len();
            let Some(shown) = font.next(&mut bytes, &mut self.drawn.text) else { return };
            let Some(left) = self.purse.glyphs.checked_sub(1) else { return };
            self.purse.glyphs = left;
            self.drawn.unknown += usize::from(!shown.is_known);
            if let Some(spoken) = self.spoken.iter_mut().rev().find_map(Option::as_mut) {
                self.drawn.text.truncate(start);
                if !std::mem::replace(&mut spoken.is_said, true) {
                    self.drawn.text.push_str(&spoken.text);
                }
            }
            let place = product(product([size * stretch, 0.0, 0.0, size, 0.0, self.state.rise], self.text), self.state.matrix);
            self.place(start, place, shown.width, font.is_bold);
            let word = if shown.is_space { self.state.word_space } else { 0.0 };
            let advance = (shown.width * size + self.state.letter_space + word) * stretch;
            self.text = product([1.0, 0.0, 0.0, 1.0, advance, 0.0], self.text);
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "a place on a page needs no more than the bits of an f32")]
    fn place(&mut self, start: usize, place: Matrix, width: f64, is_bold: bool) {
        let [a, b, c, d, x, y] = place;
        let (reach, size) = (a.hypot(b), c.hypot(d));
        if !(x.is_finite() && y.is_finite() && reach.is_finite() && size.is_finite()) {
            return;
        }
        let turn = match (a.abs() >= b.abs(), a >= 0.0, b >= 0.0) {
            (true, true, _) => 0,
            (false, _, true) => 1,
            (true, false, _) => 2,
            (false, _, false) => 3,
        };
        let (along, line) = match turn {
            0 => (x, y),
            1 => (y, -x),
            2 => (-x, -y),
            _ => (-y, x),
        };
        let at = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        self.drawn.glyphs.push(Glyph {
            text: (at(start), at(self.drawn.text.len())),
            along: along as f32,
            line: line as f32,
            width: (width * reach) as f32,
            size: size as f32,
            turn,
            is_bold,
        });
    }

    #[expect(clippy::cast_possible_truncation, reason = "a place on a page needs no more than the bits of an f32")]
    fn straight(&mut self, to: (f64, f64)) {
        let on_page = |(x, y): (f64, f64)| {
            let [a, b, c, d, e, f] = self.state.matrix;
            ((a * x + c * y + e) as f32, (b * x + d * y + f) as f32)
        };
        let ((x0, y0), (x1, y1)) = (on_page(self.point), on_page(to));
        self.point = to;
        let Some(left) = self.purse.rules.checked_sub(1) else { return };
        self.purse.rules = left;
        if (x0 - x1).abs() < 0.5 && (y0 - y1).abs() > 3.0 {
            self.path.push(Rule { is_upright: true, at: x0, from: y0.min(y1), to: y0.max(y1) });
        } else if (y0 - y1).abs() < 0.5 && (x0 - x1).abs() > 3.0 {
            self.path.push(Rule { is_upright: false, at: y0, from: x0.min(x1), to: x0.max(x1) });
        }
    }

    fn paint(&mut self) {
        self.drawn.rules.append(&mut self.path);
    }
}

/// The words that a marked passage says it stands for.
fn actual_text(operand: &Object<'_>, resources: &Resources<'_>) -> Option<String> {
    let dict = match operand {
        Object::Dict(dict) => dict.clone(),
        Object::Name(name) => resources.properties.get::<Dict<'_>>(name)?,
        _ => return None,
    };
    dict.get::<PdfString<'_>>("ActualText").map(|text| letters_of(&text))
}
