"""A small sample of each form; the parties in them are invented."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

US_CSL = """\
_id,source,entity_number,type,programs,name,title,addresses,federal_register_notice,start_date,end_date,\
standard_order,license_requirement,license_policy,call_sign,vessel_flag,source_list_url,alt_names,citizenships,\
dates_of_birth,nationalities,ids
a1,Entity List (EL) - Bureau of Industry and Security,,,,Zhonghai Lantern Optics Co.,,"8 Lamp Road, Weifang, CN; \
9 Wick Lane, HK",90 FR 1,2025-01-15,,,All items,Presumption of denial,,,http://example.org/el,"a.k.a. Lantern Optics; \
and Zhonghai Glass (f.k.a. Weifang Glassworks)",,,,
b2,Specially Designated Nationals (SDN) - Treasury Department,777,Individual,XMPL; DEMO,"VOLKHONOV, Arkady",,,,,,,,,,,\
http://example.org/sdn,"VOLHONOV, Arkadij",RU,1971-03-02; 1972,RU,"RU, 2019-01-01, 2029-01-01, 7788990, Passport; \
Male, Gender"
c3,Specially Designated Nationals (SDN) - Treasury Department,778,Vessel,XMPL,SEA PARSNIP,,,,,,,,,5XYZ1,Panama,\
http://example.org/sdn,,,,,"9111222, Vessel Registration Identification"
"""

US_CSL_JSON = json.dumps(
    {
        "total": 2,
        "results": [
            {
                "id": "a1",
                "source": "Entity List (EL) - Bureau of Industry and Security",
                "name": "Zhonghai Lantern Optics Co.",
                "alt_names": ["Lantern Optics", "f.k.a. Weifang Glassworks"],
                "addresses": [{"address": "8 Lamp Road", "city": "Weifang", "country": "CN"}],
                "federal_register_notice": "90 FR 1",
                "start_date": "2025-01-15",
                "license_requirement": "All items",
            },
            {
                "id": "b2",
                "source": "Specially Designated Nationals (SDN) - Treasury Department",
                "type": "Individual",
                "name": "VOLKHONOV, Arkady",
                "alt_names": None,
                "dates_of_birth": ["1971-03-02"],
                "nationalities": ["RU"],
                "ids": [{"type": "Passport", "number": "7788990"}, {"type": "Gender", "number": "Male"}],
            },
        ],
    },
    indent=1,
)

SDN = """\
777,"VOLKHONOV, Arkady","individual","XMPL] [DEMO",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 02 Mar 1971; nationality \
Russia; Passport 7788990 (Russia); a.k.a. 'THE OAR'."
778,"SEA PARSNIP","vessel","XMPL",-0- ,"5XYZ1","Tanker",-0- ,-0- ,"Panama",-0- ,"Vessel Registration Identification \
IMO 9111222"
779,"PARSNIP HOLDINGS LTD",-0- ,"XMPL",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n"""
SDN += "\x1a"
ALT = '777,1,"aka","VOLHONOV, Arkadij",-0- \n779,2,"fka","PARSNIP BROTHERS",-0- \n\x1a'
ADD = '779,1,"1 Root Street","Limassol 3010","Cyprus",-0- \n\x1a'

SDN_XML = """\
<?xml version="1.0" standalone="yes"?>
<sdnList xmlns="{namespace}">
  <publshInformation><Publish_Date>11/02/2026</Publish_Date><Record_Count>2</Record_Count></publshInformation>
  <sdnEntry>
    <uid>777</uid><firstName>Arkady</firstName><lastName>VOLKHONOV</lastName><sdnType>Individual</sdnType>
    <programList><program>XMPL</program><program>DEMO</program></programList>
    <idList><id><uid>1</uid><idType>Passport</idType><idNumber>7788990</idNumber></id>
      <id><uid>2</uid><idType>Gender</idType><idNumber>Male</idNumber></id></idList>
    <akaList>
      <aka><uid>3</uid><type>a.k.a.</type><category>weak</category><lastName>THE OAR</lastName></aka>
      <aka><uid>4</uid><type>a.k.a.</type><category>strong</category><lastName>VOLHONOV</lastName>\
<firstName>Arkadij</firstName></aka>
    </akaList>
    <nationalityList><nationality><uid>5</uid><country>Russia</country></nationality></nationalityList>
    <dateOfBirthList><dateOfBirthItem><uid>6</uid><dateOfBirth>02 Mar 1971</dateOfBirth></dateOfBirthItem>\
</dateOfBirthList>
  </sdnEntry>
  <sdnEntry>
    <uid>779</uid><lastName>PARSNIP HOLDINGS LTD</lastName><sdnType>Entity</sdnType>
    <programList><program>XMPL</program></programList>
    <akaList><aka><uid>7</uid><type>f.k.a.</type><category>strong</category><lastName>PARSNIP BROTHERS</lastName></aka>\
</akaList>
    <addressList><address><uid>8</uid><address1>1 Root Street</address1><city>Limassol</city>\
<country>Cyprus</country></address></addressList>
  </sdnEntry>
</sdnList>
"""
OLD_NAMESPACE = "http://tempuri.org/sdnList.xsd"
NEW_NAMESPACE = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML"

EU = """\
fileGenerationDate;Entity_LogicalId;Entity_EU_ReferenceNumber;Entity_DesignationDate;Entity_Remark;\
Entity_SubjectType_ClassificationCode;Entity_Regulation_NumberTitle;Entity_Regulation_PublicationDate;\
Entity_Regulation_Programme;Entity_Regulation_PublicationUrl;NameAlias_LastName;NameAlias_FirstName;\
NameAlias_WholeName;Address_City;Address_CountryIso2Code;BirthDate_BirthDate;Identification_Number;\
Citizenship_CountryIso2Code
02/11/2026;13;EU.13.5;2024-05-06;;P;2024/111 (OJ L 111);2024-05-06;XMPL;http://example.org/oj;Volkhonov;Arkady;\
Arkady Volkhonov;;;;;
02/11/2026;13;EU.13.5;2024-05-06;;P;2024/111 (OJ L 111);2024-05-06;XMPL;http://example.org/oj;;;Аркадий Волхонов;;;;;
02/11/2026;14;EU.14.6;;"Makes; ""lamps"" too";E;2024/111 (OJ L 111);2024-05-06;XMPL;;;;Parsnip Holdings Ltd;;;;;
02/11/2026;13;EU.13.5;2024-05-06;;P;2024/111 (OJ L 111);2024-05-06;XMPL;http://example.org/oj;;;;;;1971-03-02;;
02/11/2026;13;EU.13.5;2024-05-06;;P;2024/111 (OJ L 111);2024-05-06;XMPL;http://example.org/oj;;;;;;;7788990;RU
02/11/2026;14;EU.14.6;;;E;2024/111 (OJ L 111);2024-05-06;XMPL;;;;;Limassol;CY;;;
"""

EU_OLD = """\
Date_file;Entity_logical_id;Subject_type;Leba_numtitle;Programme;Entity_remark;Naal_wholename;Entity_logical_id;\
Birt_date;Entity_logical_id;Iden_number;EU_ref_num
02/11/2026;13;P;2024/111;XMPL;;Arkady Volkhonov;;;;;EU.13.5
02/11/2026;13;P;2024/111;XMPL;;;13;1971-03-02;;;EU.13.5
02/11/2026;14;E;2024/111;XMPL;;Parsnip Holdings Ltd;;;;;EU.14.6
"""

EU_XML = """\
<?xml version="1.0" encoding="UTF-8"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2026-11-02T10:00:00.000+01:00">
  <sanctionEntity designationDate="2024-05-06" euReferenceNumber="EU.13.5" logicalId="13">
    <regulation programme="XMPL" numberTitle="2024/111 (OJ L 111)" publicationDate="2024-05-06">
      <publicationUrl>http://example.org/oj</publicationUrl></regulation>
    <subjectType code="person" classificationCode="P"/>
    <nameAlias firstName="Arkady" lastName="Volkhonov" wholeName="Arkady Volkhonov" strong="true"/>
    <nameAlias wholeName="Аркадий Волхонов" strong="true"/>
    <nameAlias wholeName="The Oar" strong="false"/>
    <citizenship countryIso2Code="RU"/>
    <birthdate birthdate="1971-03-02" year="1971"/>
    <identification number="7788990" identificationTypeCode="passport"/>
  </sanctionEntity>
  <sanctionEntity euReferenceNumber="EU.14.6" logicalId="14">
    <subjectType code="enterprise" classificationCode="E"/>
    <nameAlias wholeName="Parsnip Holdings Ltd" strong="true"/>
    <address city="Limassol" countryIso2Code="CY" countryDescription="CYPRUS"/>
  </sanctionEntity>
</export>
"""

UK = """\
Last Updated,02/11/2026
Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Title,Name Non-Latin Script,DOB,Nationality,Passport Number,Address 1,\
Country,Other Information,Group Type,Alias Type,Alias Quality,Regime,Listed On,UK Sanctions List Date Designated,Group ID
VOLKHONOV,Arkady,,,,,Mr,Аркадий Волхонов,02/03/1971,(1) Russia (2) Cyprus,7788990,,,,Individual,Primary name,,Example,\
01/05/2024,06/05/2024,9001
THE OAR,,,,,,,,,,,,,,Individual,AKA,Low quality,Example,01/05/2024,06/05/2024,9001
PARSNIP HOLDINGS LTD,,,,,,,,,,,1 Root Street,Cyprus,,Entity,Primary name,,Example,01/05/2024,06/05/2024,9002
PARSNIP BROTHERS,,,,,,,,,,,,,,Entity,FKA,,Example,01/05/2024,06/05/2024,9002
"""

UK_NEW = """\
Report Date: 02-Nov-2026
Last Updated,Unique ID,OFSI Group ID,UN Reference Number,Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Name type,\
Alias strength,Name non-latin script,Regime Name,Designation Type,Sanctions Imposed,Address Line 1,Address Country,\
Date Designated,D.O.B,Nationality(/ies),Passport number,IMO number
01/11/2026,XMP0001,9001,,VOLKHONOV,Arkady,,,,,Primary Name,,Аркадий Волхонов,Example,Individual,Asset freeze,,,\
06/05/2024,02/03/1971,Russia,7788990,
01/11/2026,XMP0001,9001,,THE OAR,,,,,,Alias,Low quality a.k.a,,Example,Individual,Asset freeze,,,06/05/2024,,,,
01/11/2026,XMP0002,9003,,SEA PARSNIP,,,,,,Primary Name,,,Example,Ship,Specified ship,,,06/05/2024,,,,9111222
"""

UN = """\
<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2026-11-02T00:00:09.554Z">
  <INDIVIDUALS>
    <INDIVIDUAL>
      <DATAID>11</DATAID><FIRST_NAME>ARKADY</FIRST_NAME><SECOND_NAME>PETROV</SECOND_NAME>
      <THIRD_NAME>VOLKHONOV</THIRD_NAME><UN_LIST_TYPE>Example</UN_LIST_TYPE>
      <REFERENCE_NUMBER>XMi.001</REFERENCE_NUMBER><LISTED_ON>2024-05-06</LISTED_ON>
      <NAME_ORIGINAL_SCRIPT>Аркадий Волхонов</NAME_ORIGINAL_SCRIPT>
      <NATIONALITY><VALUE>Russian Federation</VALUE></NATIONALITY>
      <INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>The Oar</ALIAS_NAME></INDIVIDUAL_ALIAS>
      <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Волхонов (Arkadij Volhonov; Volkhon)</ALIAS_NAME></INDIVIDUAL_ALIAS>
      <INDIVIDUAL_ADDRESS><COUNTRY>Iran (Islamic Republic of)</COUNTRY></INDIVIDUAL_ADDRESS>
      <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1970</FROM_YEAR><TO_YEAR>1972</TO_YEAR>
      </INDIVIDUAL_DATE_OF_BIRTH>
      <INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>7788990</NUMBER></INDIVIDUAL_DOCUMENT>
    </INDIVIDUAL>
  </INDIVIDUALS>
  <ENTITIES>
    <ENTITY>
      <DATAID>12</DATAID><FIRST_NAME>PARSNIP HOLDINGS</FIRST_NAME><UN_LIST_TYPE>Example</UN_LIST_TYPE>
      <REFERENCE_NUMBER>XMe.001</REFERENCE_NUMBER><LISTED_ON>2025-01-01</LISTED_ON>
      <ENTITY_ALIAS><QUALITY>f.k.a.</QUALITY><ALIAS_NAME>Parsnip Brothers</ALIAS_NAME></ENTITY_ALIAS>
      <ENTITY_ADDRESS><CITY>Limassol</CITY><COUNTRY>Cyprus</COUNTRY></ENTITY_ADDRESS>
    </ENTITY>
  </ENTITIES>
</CONSOLIDATED_LIST>
"""

CN = """\
Type,Name,Alias,Chinese name,Country,Body,List,Date,End date,Source URL
Company,Parsnip Aerospace,PAX,帕斯尼普航空公司,US,Ministry of Commerce,UEL,02.01.2025,,http://example.org/1
Person,Arthur Turnip,,阿瑟·特尼普,Japan,Ministry of Foreign Affairs,AFSL,13.07.20,24.04.2026,http://example.org/2
"""

CN_SIMPLE = """\
中文名称,英文名称,清单名称,公布日期,网址
帕斯尼普航空公司,Parsnip Aerospace,不可靠实体清单,2025年1月2日,http://example.org/1
特尼普研究所,,出口管制管控名单,2025-03-04,http://example.org/2
"""

FTM = "".join(
    json.dumps(entity, ensure_ascii=False) + "\n"
    for entity in (
        {
            "id": "x-1",
            "schema": "Person",
            "caption": "Arkady Volkhonov",
            "datasets": ["xmpl"],
            "properties": {
                "name": ["Аркадий Волхонов", "Arkady Volkhonov"],
                "weakAlias": ["The Oar"],
                "country": ["ru"],
                "birthDate": ["1971-03-02"],
                "passportNumber": ["7788990"],
                "topics": ["sanction"],
            },
        },
        {
            "id": "s-1",
            "schema": "Sanction",
            "properties": {
                "entity": ["x-1"],
                "authority": ["Example Authority"],
                "program": ["XMPL"],
                "startDate": ["2024-05-06"],
                "sourceUrl": ["http://example.org/s"],
            },
        },
        {
            "id": "x-2",
            "schema": "Company",
            "properties": {"name": ["Parsnip Holdings"], "previousName": ["Parsnip Brothers"]},
        },
        {"id": "x-3", "schema": "Person", "target": False, "properties": {"name": ["A Cousin"]}},
        {"id": "x-4", "schema": "Address", "properties": {"full": ["1 Root Street"]}},
    )
)

PLAIN = """\
name,alias,country,kind,note,id
Parsnip Holdings,"Parsnip Brothers; PHL",Cyprus,company,late payer,P-1
Arkady Volkhonov,,RU,person,"said ""no"" once",P-2
山药集团有限公司,,中国,company,,P-3
"""


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample: its form, the name and text of its file, and files beside it."""

    form: str
    file: str
    text: str
    beside: Mapping[str, str]

    def write(self, folder: Path) -> Path:
        """Write the sample into a folder and return its path."""
        for name, text in self.beside.items():
            (folder / name).write_bytes(text.encode())
        path = folder / self.file
        path.write_bytes(self.text.encode())
        return path


SAMPLES = {
    "us-csl": Sample("us-csl", "consolidated.csv", US_CSL, {}),
    "us-csl-json": Sample("us-csl", "consolidated.json", US_CSL_JSON, {}),
    "ofac": Sample("ofac", "SDN.CSV", SDN, {"ALT.CSV": ALT, "add.csv": ADD}),
    "ofac-xml": Sample("ofac", "sdn.xml", SDN_XML.format(namespace=OLD_NAMESPACE), {}),
    "ofac-xml-new": Sample("ofac", "sdn.xml", SDN_XML.format(namespace=NEW_NAMESPACE), {}),
    "eu": Sample("eu", "fsf.csv", EU, {}),
    "eu-old": Sample("eu", "fsf10.csv", EU_OLD, {}),
    "eu-xml": Sample("eu", "fsf.xml", EU_XML, {}),
    "uk": Sample("uk", "ConList.csv", UK, {}),
    "uk-new": Sample("uk", "UK-Sanctions-List.csv", UK_NEW, {}),
    "un": Sample("un", "consolidated.xml", UN, {}),
    "cn": Sample("cn", "cn.csv", CN, {}),
    "cn-simple": Sample("cn", "cn.csv", CN_SIMPLE, {}),
    "ftm": Sample("ftm", "entities.ftm.json", FTM, {}),
    "plain": Sample("plain", "own.csv", PLAIN, {}),
}
