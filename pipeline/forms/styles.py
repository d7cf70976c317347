"""The look of every form: styles and the bullet list, as the XML of their parts."""

from __future__ import annotations

#: Named as Word names them, so that a coordinator finds them under his own names in the gallery.
STYLES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="{w}">
<w:docDefaults>
<w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Calibri" w:cs="Calibri"/>
<w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="{taal}" w:eastAsia="{taal}" w:bidi="ar-SA"/></w:rPr>
</w:rPrDefault>
<w:pPrDefault><w:pPr><w:spacing w:after="100" w:line="259" w:lineRule="auto"/></w:pPr></w:pPrDefault>
</w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">
<w:name w:val="Default Paragraph Font"/>
<w:uiPriority w:val="1"/><w:semiHidden/></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>
<w:uiPriority w:val="99"/>
<w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>
<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>
</w:tblCellMar></w:tblPr>
</w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/>
<w:next w:val="Subtitle"/>
<w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before="0" w:after="20" w:line="240" w:lineRule="auto"/></w:pPr>
<w:rPr><w:b/><w:color w:val="1F3A5F"/><w:sz w:val="40"/><w:szCs w:val="40"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Subtitle"><w:name w:val="Subtitle"/><w:basedOn w:val="Normal"/>
<w:next w:val="Normal"/><w:qFormat/><w:pPr><w:spacing w:after="160"/></w:pPr>
<w:rPr><w:color w:val="595959"/><w:sz w:val="24"/><w:szCs w:val="24"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>
<w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before="300" w:after="80"/>
<w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:color w:val="1F3A5F"/><w:sz w:val="27"/><w:szCs w:val="27"/>
</w:rPr>
</w:style>
<w:style w:type="paragraph" w:styleId="ListBullet"><w:name w:val="List Bullet"/><w:basedOn w:val="Normal"/>
<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:contextualSpacing/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Header"><w:name w:val="header"/><w:basedOn w:val="Normal"/>
<w:pPr><w:pBdr><w:bottom w:val="single" w:sz="4" w:space="3" w:color="A6B4C6"/></w:pBdr>
<w:tabs><w:tab w:val="right" w:pos="9638"/></w:tabs><w:spacing w:after="0" w:line="240" w:lineRule="auto"/>
</w:pPr>
<w:rPr><w:color w:val="404040"/><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Footer"><w:name w:val="footer"/><w:basedOn w:val="Normal"/>
<w:pPr><w:tabs><w:tab w:val="right" w:pos="9638"/></w:tabs>
<w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>
<w:rPr><w:color w:val="595959"/><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Uitleg"><w:name w:val="Uitleg"/>
<w:basedOn w:val="Normal"/>
<w:qFormat/><w:pPr><w:keepLines/></w:pPr><w:rPr><w:color w:val="404040"/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Nadruk"><w:name w:val="Nadrukkelijk"/>
<w:basedOn w:val="Normal"/>
<w:qFormat/><w:pPr><w:pBdr><w:left w:val="single" w:sz="24" w:space="6" w:color="D9A400"/></w:pBdr>
<w:shd w:val="clear" w:color="auto" w:fill="FFF5DC"/><w:spacing w:before="60" w:after="120"/>
<w:ind w:left="140"/></w:pPr>
</w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Label"><w:name w:val="Label"/>
<w:basedOn w:val="Normal"/>
<w:qFormat/><w:pPr><w:keepLines/><w:spacing w:before="40" w:after="30" w:line="240" w:lineRule="auto"/></w:pPr>
<w:rPr><w:color w:val="1F3A5F"/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Blokkop"><w:name w:val="Blokkop"/>
<w:basedOn w:val="Label"/>
<w:qFormat/><w:pPr><w:tabs><w:tab w:val="right" w:pos="9416"/></w:tabs></w:pPr>
<w:rPr><w:color w:val="595959"/><w:sz w:val="15"/><w:szCs w:val="15"/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Notitie"><w:name w:val="Notitie"/>
<w:basedOn w:val="Normal"/>
<w:qFormat/><w:pPr><w:keepLines/><w:spacing w:after="40" w:line="240" w:lineRule="auto"/></w:pPr>
<w:rPr><w:color w:val="595959"/><w:sz w:val="17"/><w:szCs w:val="17"/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Antwoord"><w:name w:val="Antwoord"/>
<w:basedOn w:val="Normal"/>
<w:qFormat/><w:pPr><w:spacing w:before="40" w:after="30" w:line="240" w:lineRule="auto"/></w:pPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Tussenruimte"><w:name w:val="Tussenruimte"/>
<w:basedOn w:val="Normal"/><w:pPr><w:spacing w:before="0" w:after="190" w:line="20" w:lineRule="exact"/></w:pPr>
<w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="PlaceholderText"><w:name w:val="Placeholder Text"/>
<w:uiPriority w:val="99"/>
<w:rPr><w:color w:val="767676"/></w:rPr></w:style>
<w:style w:type="character" w:customStyle="1" w:styleId="Bloktitel"><w:name w:val="Bloktitel"/>
<w:rPr><w:b/><w:color w:val="1F3A5F"/><w:sz w:val="21"/><w:szCs w:val="21"/></w:rPr></w:style>
<w:style w:type="table" w:customStyle="1" w:styleId="Formuliertabel"><w:name w:val="Formuliertabel"/>
<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>
<w:top w:val="single" w:sz="4" w:space="0" w:color="B8C4D3"/>
<w:left w:val="single" w:sz="4" w:space="0" w:color="B8C4D3"/>
<w:bottom w:val="single" w:sz="4" w:space="0" w:color="B8C4D3"/>
<w:right w:val="single" w:sz="4" w:space="0" w:color="B8C4D3"/>
<w:insideH w:val="single" w:sz="4" w:space="0" w:color="B8C4D3"/>
<w:insideV w:val="single" w:sz="4" w:space="0" w:color="B8C4D3"/></w:tblBorders></w:tblPr></w:style>
</w:styles>"""

NUMBERING = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:numbering xmlns:w="{w}">
<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>
<w:numFmt w:val="bullet"/><w:pStyle w:val="ListBullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/>
<w:pPr><w:ind w:left="357" w:hanging="357"/></w:pPr><w:rPr>
<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/>
</w:rPr></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
</w:numbering>"""
