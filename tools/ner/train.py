"""Trains the token classifier for names and writes it as an int8 ONNX graph. See README.md."""

import json
import random
import re
import time

import onnx
import torch
from faker import Faker
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

SEED, EPOCHS, BATCH, LONGEST = 7, 2, 32, 96
LABELS = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG", "B-ADDR", "I-ADDR"]
NUMBER = {label: i for i, label in enumerate(LABELS)}
KINDS = {"person": "PER", "PER": "PER", "location": "LOC", "LOC": "LOC",
         "ORG": "ORG", "corporation": "ORG", "group": "ORG"}

TEMPLATES = [
    "Hi {P}, thanks for your message.",
    "Dear {P},\n\nplease find attached the invoice for {O}.\n\nKind regards,\n{P}",
    "Our customer {P} from {C} asked to change the delivery address to {A}.",
    "Ship it to {A}.", "My address is {A}", "{P} works at {O} in {C}.",
    "Please call {P} on Monday about the contract with {O}.", "The account belongs to {P}, {A}.",
    "From: {P}\nTo: {P}\nSubject: meeting with {O}",
    "I spoke with {P} ({O}) and she is flying to {C} next week.", "Cardholder name: {P}",
    "Name: {P}\nCity: {C}\nEmployer: {O}", "We met {P} and {P} at the {O} office in {C}.",
    "{P}'s salary review is due in March.", "Patient {P} was admitted in {C} and lives at {A}",
    "Can you update the billing address? It is now {A}, thanks, {P}",
    "{O} announced a partnership with {O}.", "The order was placed by {P} for {O}.",
    "forward this to {P} at {O}", "{P} - Senior Engineer, {O}\n{A}",
    "As agreed with Mr. {L}, the meeting takes place in {C}.", "Ms {L} will join from {C}",
    "Your agent today is {F}.", "Hello {F}, your package left {C} this morning.", "Thanks,\n{F}",
    "Is {F} {L} still with {O}?", "The weather in {C} is nice today.",
    "Your ticket number is 4482 and the total is 19.99.",
    "Please reset the password and restart the server.",
    "The product ships in two to four days.", "We do not store any documents after 30 days.",
    "Visit {C} office at {A}.",
]
SLOTS = {"P": "PER", "O": "ORG", "C": "LOC", "A": "ADDR", "L": "PER", "F": "PER"}
WORLD = Faker(["en_US", "en_GB", "en_IN", "de_DE", "fr_FR", "es_ES", "it_IT", "pl_PL", "pt_BR",
               "nl_NL", "sv_SE", "tr_TR", "cs_CZ", "ro_RO"])
WEST = Faker(["en_US", "en_GB", "de_DE", "fr_FR", "en_CA", "en_AU"])


def conll(path):
    """Sentences of a file with a word and its label on each line."""
    sentences, words, labels = [], [], []
    for line in open(path, encoding="utf8"):
        parts = re.split(r"\t+| +", line.rstrip("\n")) if line.strip() else []
        if len(parts) < 2:
            if words:
                sentences.append((words, labels))
            words, labels = [], []
            continue
        label = parts[-1]
        kind = KINDS.get(label.split("-", 1)[1]) if "-" in label else None
        label = f"{label.split('-', 1)[0]}-{kind}" if kind else "O"
        if label.startswith("I-") and (not labels or labels[-1][2:] != label[2:]):
            label = "B-" + label[2:]
        words.append(parts[0])
        labels.append(label)
    if words:
        sentences.append((words, labels))
    return sentences


def fill(slot):
    if slot == "P":
        full = lambda: WORLD.first_name() + " " + WORLD.last_name()
        return random.choice([WORLD.name, WORLD.name, full, WORLD.first_name])()
    if slot == "O":
        return WEST.company()
    if slot == "C":
        return random.choice([WORLD.city, WEST.city, WEST.country])()
    if slot == "A":
        return WEST.address().replace("\n", random.choice([", ", "\n"]))
    return WORLD.last_name() if slot == "L" else WORLD.first_name()


def synthetic(count):
    """Letters, tickets and forms; 15 % in lower case."""
    sentences = []
    for _ in range(count):
        words, labels = [], []
        for part in re.split(r"(\{[A-Z]\})", random.choice(TEMPLATES)):
            slot = re.fullmatch(r"\{([A-Z])\}", part)
            pieces = re.findall(r"\w+|[^\w\s]", fill(slot.group(1)) if slot else part)
            for i, piece in enumerate(pieces):
                words.append(piece)
                labels.append(("B-" if i == 0 else "I-") + SLOTS[slot.group(1)] if slot else "O")
        if random.random() < .15:
            words = [word.lower() for word in words]
        sentences.append((words, labels))
    return sentences


class Classifier(torch.nn.Module):
    def __init__(self, bert):
        super().__init__()
        self.bert = bert
        self.drop = torch.nn.Dropout(.1)
        self.head = torch.nn.Linear(384, len(LABELS))

    def forward(self, ids, mask):
        states = self.bert(input_ids=ids, attention_mask=mask).last_hidden_state
        return self.head(self.drop(states))


def load_base(graph):
    """The weights of the ONNX graph as a BertModel, and where each matrix came from."""
    tensors = {t.name: numpy_helper.to_array(t) for t in graph.graph.initializer}
    state = {k: torch.tensor(v.copy()) for k, v in tensors.items() if not k.startswith("onnx::")}
    origin = {}
    for node in graph.graph.node:
        if node.op_type == "MatMul" and node.input[1] in tensors:
            key = node.name.strip("/").replace("/MatMul", "").replace("/", ".") + ".weight"
            state[key] = torch.tensor(tensors[node.input[1]].T.copy())
            origin[key] = node.input[1]
    bert = BertModel(BertConfig(vocab_size=30522, hidden_size=384, num_hidden_layers=6,
                                num_attention_heads=12, intermediate_size=1536),
                     add_pooling_layer=False)
    bert.load_state_dict(state, strict=False)
    return bert, origin


def encode(tokenizer, words, labels):
    """Ids, and the label of each word on its first piece."""
    encoded = tokenizer.encode(words, is_pretokenized=True)
    targets, before = [-100] * len(encoded.ids), None
    for i, word in enumerate(encoded.word_ids):
        if word is not None and word != before:
            targets[i] = NUMBER[labels[word]]
        before = word
    return encoded.ids, targets


def batches(data):
    order = list(range(len(data)))
    random.shuffle(order)
    chunks = [sorted(order[i:i + BATCH * 50], key=lambda j: len(data[j][0]))
              for i in range(0, len(order), BATCH * 50)]
    made = [c[i:i + BATCH] for c in chunks for i in range(0, len(c), BATCH)]
    random.shuffle(made)
    return made


def train(net, data):
    optimizer = torch.optim.AdamW([{"params": net.bert.parameters(), "lr": 1.5e-4},
                                   {"params": net.head.parameters(), "lr": 1e-3}],
                                  weight_decay=.01)
    steps = EPOCHS * (len(data) // BATCH + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min(1, (s + 1) / 100) * max(0, 1 - s / steps))
    loss_of = torch.nn.CrossEntropyLoss(ignore_index=-100)
    for epoch in range(EPOCHS):
        net.train()
        for batch in batches(data):
            width = max(len(data[j][0]) for j in batch)
            ids = torch.zeros(len(batch), width, dtype=torch.long)
            mask = torch.zeros_like(ids)
            targets = torch.full_like(ids, -100)
            for row, j in enumerate(batch):
                tokens, labels = data[j]
                ids[row, :len(tokens)] = torch.tensor(tokens)
                mask[row, :len(tokens)] = 1
                targets[row, :len(labels)] = torch.tensor(labels)
            loss = loss_of(net(ids, mask).view(-1, len(LABELS)), targets.view(-1))
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.)
            optimizer.step()
            schedule.step()
        print("epoch", epoch, "loss", round(loss.item(), 4), flush=True)


def write(graph, net, origin):
    """Puts the weights back into the graph, adds the head and quantises."""
    state = net.bert.state_dict()
    sources = {v: k for k, v in origin.items()}
    for tensor in graph.graph.initializer:
        if tensor.name in state and tensor.name != "embeddings.position_ids":
            tensor.CopyFrom(numpy_helper.from_array(state[tensor.name].numpy(), tensor.name))
        elif tensor.name in sources:
            weights = state[sources[tensor.name]].numpy().T.copy()
            tensor.CopyFrom(numpy_helper.from_array(weights, tensor.name))
    head = net.head
    graph.graph.initializer.extend([
        numpy_helper.from_array(head.weight.detach().numpy().T.copy(), "head.w"),
        numpy_helper.from_array(head.bias.detach().numpy(), "head.b")])
    graph.graph.node.extend([
        helper.make_node("MatMul", ["last_hidden_state", "head.w"], ["head.mm"]),
        helper.make_node("Add", ["head.mm", "head.b"], ["logits"])])
    del graph.graph.output[:]
    graph.graph.output.append(
        helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["b", "s", len(LABELS)]))
    onnx.save(graph, "ft/ner.onnx")
    quantize_dynamic("ft/ner.onnx", "ft/ner-int8.onnx", weight_type=QuantType.QInt8)
    json.dump(LABELS, open("ft/labels.json", "w"))


def main():
    random.seed(SEED)
    torch.manual_seed(SEED)
    torch.set_num_threads(2)
    started = time.time()
    graph = onnx.load("ft/all-minilm-l6-v2.onnx")
    bert, origin = load_base(graph)
    tokenizer = Tokenizer.from_file("ft/all-minilm-l6-v2-tokenizer.json")
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    tweets = sum([conll(f"data/btc_{part}.conll") for part in "abefg"], [])
    news = conll("data/wnut_train.conll")
    random.shuffle(tweets)
    random.shuffle(news)
    sentences = news[:2800] + tweets[:4000] + conll("data/wikigold.conll") + synthetic(3000)
    net = Classifier(bert)
    train(net, [encode(tokenizer, words, labels) for words, labels in sentences])
    write(graph, net, origin)
    print("seconds", round(time.time() - started))


if __name__ == "__main__":
    main()
